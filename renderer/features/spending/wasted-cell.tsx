import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type SpendingFilter,
  WASTES,
  type Waste,
  type WastedSpending,
} from '../../../shared/contract/spending';
import { isUnknown, nano, sumUsd, type Total } from '../../../shared/money';
import { percent, usd } from '../../ui/format';
import { TotalCost } from '../../ui/total-cost';
import { UnknownCost } from '../../ui/unknown-cost';
import { GroupCost } from './group-cells';
import { costOf, shareOf } from './group-figures';
import { NEWEST_ROWS, type SpendingPlace } from './spending-place';
import { linkTo, useWasted } from './use-spending';

export interface WastedCellProps {
  place: SpendingPlace;
  filter: SpendingFilter;
  /** Of everything in the same time. */
  sum: Total;
}

/** What was spent for nothing, in its four kinds; each leads to its rows. */
export function WastedCell({ place, filter, sum }: WastedCellProps) {
  const { t } = useTranslation();
  const id = useId();
  const wasted = useWasted(filter);
  const all = wasted && sumOf(WASTES.map((waste) => wasted[waste]));
  const share = all === undefined || isUnknown(all) ? null : shareOf(costOf(all), costOf(sum));
  return (
    <section aria-labelledby={id} title={t('spending.wastedHint')}>
      <h2>
        <span id={id}>{t('spending.wasted')}</span>
        {all !== undefined && (
          <span className="figures text-text">
            {share !== null && (
              <span className="mr-2 font-normal text-text-3">{percent(share, 1)}</span>
            )}
            <span className="font-semibold">
              <GroupCost total={all} />
            </span>
            {all.unknown > 0 && !isUnknown(all) && (
              <UnknownCost count={all.unknown} short className="ml-2" />
            )}
          </span>
        )}
      </h2>
      {wasted && <Split place={place} wasted={wasted} />}
    </section>
  );
}

/** As one total. */
function sumOf(totals: readonly Total[]): Total {
  return {
    known: sumUsd(totals.map(({ known }) => known)),
    estimated: sumUsd(totals.map(({ estimated }) => estimated)),
    unknown: totals.reduce((sum, { unknown }) => sum + unknown, 0),
    running: totals.reduce((sum, { running }) => sum + running, 0),
    runs: totals.reduce((sum, { runs }) => sum + runs, 0),
  };
}

function Split({ place, wasted }: { place: SpendingPlace; wasted: WastedSpending }) {
  const { t } = useTranslation();
  return (
    <dl className="spending-wasted">
      {WASTES.map((waste) => (
        <div key={waste}>
          <dt>{t(`spending.wastes.${waste}`)}</dt>
          <dd>
            <Cost place={place} waste={waste} total={wasted[waste]} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Cost({ place, waste, total }: { place: SpendingPlace; waste: Waste; total: Total }) {
  const { t } = useTranslation();
  if (total.runs === 0) return <span className="text-text-3">{usd(nano(0n), 4)}</span>;
  return (
    <a
      href={linkTo({ ...place, waste, rows: NEWEST_ROWS, bar: null })}
      className="inline-flex items-center gap-1.5 hover:underline"
    >
      <span className="sr-only">{t(`spending.wastes.${waste}`)} </span>
      <TotalCost total={total} />
    </a>
  );
}
