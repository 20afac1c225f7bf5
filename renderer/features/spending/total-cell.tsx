import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { SpendingReport } from '../../../shared/contract/spending';
import { isUnknown, nano } from '../../../shared/money';
import { addDays, lengthOf } from '../../../shared/spending-period';
import { Estimate } from '../../ui/estimate';
import { change as changeText, dayName, monthName, usd } from '../../ui/format';
import { Money } from '../../ui/money';
import { UnknownCost } from '../../ui/unknown-cost';
import { changeOf, costOf, isComparable } from './group-figures';
import { calendarDay, dayStart } from './spending-period';
import { NEWEST_ROWS, type SpendingPlace, UNKNOWN_ONLY, withKeys } from './spending-place';
import { linkTo } from './use-spending';

/** With fewer days than this there is nothing to compare. */
const FIRST_DAYS = 7;

export interface TotalCellProps {
  place: SpendingPlace;
  demo: boolean;
  report: SpendingReport;
  /** The day of the first row there is. */
  since: string | null;
}

/** The one total of the page, how it changed, and how much of it is not known. */
export function TotalCell({ place, demo, report, since }: TotalCellProps) {
  const { t } = useTranslation();
  const id = useId();
  const { total } = report.sum;
  return (
    <section aria-labelledby={id}>
      <h2>
        <span id={id}>{t('spending.total')}</span>
        {demo && <span className="font-normal">{t('spending.demoNote')}</span>}
      </h2>
      <div className="my-1 flex h-8 items-center text-28 font-semibold tracking-[-0.02em] compact:text-24">
        {isUnknown(total) ? (
          <UnknownCost kind={total.unknown > 0 ? 'unknown' : 'running'} />
        ) : (
          <Money amount={costOf(total)} />
        )}
      </div>
      <div className="spending-cell-line">
        <Changed report={report} since={since} />
        {total.estimated > 0n && (
          <span>
            <Estimate low={nano(total.estimated)} /> {t('spending.ofIt')}
          </span>
        )}
        {total.unknown > 0 && (
          <UnknownCost
            count={total.unknown}
            href={linkTo({ ...place, sources: UNKNOWN_ONLY, rows: NEWEST_ROWS, bar: null })}
          />
        )}
        {total.running > 0 && (
          <UnknownCost
            count={total.running}
            kind="running"
            href={linkTo({
              ...withKeys(place, 'state', ['running']),
              rows: NEWEST_ROWS,
              bar: null,
            })}
          />
        )}
      </div>
    </section>
  );
}

/** Against the time before, or since when there is anything where that says nothing yet. */
function Changed({ report, since }: Pick<TotalCellProps, 'report' | 'since'>) {
  const { t } = useTranslation();
  const before = useBefore();
  const { previous, sum } = report;
  const young = since !== null && since > addDays(calendarDay(Date.now()), -FIRST_DAYS);
  if (young || previous === null) {
    return since === null ? null : (
      <span>{t('spending.since', { day: dayName(dayStart(since)) })}</span>
    );
  }
  if (!isComparable(report)) return <span>{t('spending.nothingBefore')}</span>;
  const change = changeOf(costOf(sum.total), sum.previous, true);
  return (
    <span>
      {change.kind === 'share' && changeText(change.share, 1)}{' '}
      <span className="compact:hidden">
        {before(report)} <span className="text-text-3">{usd(costOf(previous.total), 2)}</span>
      </span>
    </span>
  );
}

/** "on October", "on 2025", "on the 7 days before". */
function useBefore(): (report: SpendingReport) => string {
  const { t } = useTranslation();
  return ({ from, to, previous }) => {
    const month = previousMonth({ from, to, previous });
    if (month !== null) return t('spending.onPrevious', { previous: month });
    return t('spending.onDaysBefore', { count: lengthOf({ from, to }) });
  };
}

/** The name of the month or the year that a report is compared with; null where it is neither. */
export function previousMonth({
  from,
  to,
  previous,
}: Pick<SpendingReport, 'from' | 'to' | 'previous'>): string | null {
  if (previous === null || !previous.from.endsWith('-01') || !from.endsWith('-01')) return null;
  const isMonth = (a: string, b: string) => a.slice(0, 7) === b.slice(0, 7);
  if (isMonth(from, to) && isMonth(previous.from, previous.to)) {
    return monthName(dayStart(previous.from), dayStart(to));
  }
  const isYear = from.slice(0, 4) === to.slice(0, 4) && from.endsWith('-01-01');
  return isYear && previous.from.endsWith('-01-01') ? previous.from.slice(0, 4) : null;
}
