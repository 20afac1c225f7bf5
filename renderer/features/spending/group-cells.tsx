import { useTranslation } from 'react-i18next';
import type { Percentiles, SpendingGroup } from '../../../shared/contract/spending';
import { isUnknown } from '../../../shared/money';
import { Estimate } from '../../ui/estimate';
import { change as changeText, count, decimal, percent, seconds, usd } from '../../ui/format';
import { Money } from '../../ui/money';
import { TrendLine } from '../../ui/trend-line';
import { UnknownCost } from '../../ui/unknown-cost';
import { changeOf, costOf, perAnswer, shareOf } from './group-figures';

export interface GroupCellsProps {
  group: SpendingGroup;
  /** All groups together. */
  sum: SpendingGroup;
  /** The cost of the most costly, whose bar is full. */
  highest: bigint;
  /** There is a time before to compare with. */
  comparable: boolean;
  /** Where the answers of unknown cost are listed. */
  unknownHref?: string;
  isSum?: boolean;
}

/** The figures of one row, without its name. */
export function GroupCells(props: GroupCellsProps) {
  const { group, sum, highest, comparable, unknownHref, isSum = false } = props;
  const { total } = group;
  const average = perAnswer(total);
  const share = shareOf(costOf(total), costOf(sum.total));
  return (
    <>
      <td data-column="answers">{count(total.runs)}</td>
      <td data-column="promptTokens">{count(group.promptTokens)}</td>
      <td data-column="completionTokens">{count(group.completionTokens)}</td>
      <td data-column="perAnswer">{average === null ? '–' : usd(average, 6)}</td>
      <td data-column="firstToken">
        <Took took={group.firstTokenMs} />
      </td>
      <td data-column="latency">
        <Took took={group.totalMs} />
      </td>
      <td data-column="trend">{!isSum && <TrendLine amounts={group.trend} />}</td>
      <td data-column="change">
        <Changed group={group} comparable={comparable} />
      </td>
      <td data-column="share">
        <span>
          <span className="spending-share" aria-hidden="true">
            {!isSum && <i style={{ width: `${(shareOf(costOf(total), highest) ?? 0) * 100}%` }} />}
          </span>
          <span className="min-w-10 text-right">
            {share === null ? '–' : percent(share, isSum ? 0 : 1)}
          </span>
        </span>
      </td>
      <td data-column="unknown">
        {total.unknown > 0 && (
          <UnknownCost
            count={total.unknown}
            short
            {...(unknownHref === undefined ? {} : { href: unknownHref })}
          />
        )}
      </td>
      <td data-column="cost">
        <GroupCost total={total} />
      </td>
    </>
  );
}

/** What a group came to in the looks of its kind; a word where nobody knows, or knows yet, any of it. */
export function GroupCost({ total }: Pick<SpendingGroup, 'total'>) {
  if (isUnknown(total)) return <UnknownCost kind={total.unknown > 0 ? 'unknown' : 'running'} />;
  if (total.estimated > 0n) return <Estimate low={costOf(total)} decimals={6} />;
  return <Money amount={costOf(total)} />;
}

function Changed({ group, comparable }: Pick<GroupCellsProps, 'group' | 'comparable'>) {
  const { t } = useTranslation();
  const change = changeOf(costOf(group.total), group.previous, comparable);
  switch (change.kind) {
    case 'share':
      return changeText(change.share);
    case 'new':
      return t('spending.isNew');
    case 'none':
      return '–';
  }
}

/** "0.6 / 2.1 s": half took no longer, and nearly all. */
function Took({ took }: { took: Percentiles | null }) {
  const { t } = useTranslation();
  if (took === null) return '–';
  const [half, most] = [seconds(took.p50), seconds(took.p95)];
  return (
    <span title={t('spending.halfAndMost', { half, most })}>
      <span className="sr-only">{t('spending.halfAndMost', { half, most })}</span>
      <span aria-hidden="true">
        {took.p95 < 59_950 ? decimal(took.p50 / 1000, 1) : half}
        <span className="text-text-3"> / {most}</span>
      </span>
    </span>
  );
}
