import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SpendingReport } from '../../../shared/contract/spending';
import { nano, ZERO_USD } from '../../../shared/money';
import { useToday } from '../../state/today';
import { dayRange, usd } from '../../ui/format';
import { LeaderRow } from '../../ui/leader-row';
import { StackedBars } from '../../ui/stacked-bars';
import { UnknownCost } from '../../ui/unknown-cost';
import {
  type ChartBar,
  chartBars,
  chartSeries,
  type NamedSeries,
  tickDecimals,
} from './chart-bars';
import { ChartTable } from './chart-table';
import { sortedGroups } from './group-figures';
import { colourOf, useColours } from './series-colours';
import { dayStart, daysToCome } from './spending-period';
import { NEWEST_ROWS, type SpendingPlace, UNKNOWN_ONLY } from './spending-place';
import { useChartLimit } from './use-chart-limit';
import { useGroupName } from './use-group-name';
import { openPlace } from './use-spending';

export interface SpendingChartProps {
  place: SpendingPlace;
  demo: boolean;
  report: SpendingReport;
}

/** What was spent over time, divided like the table below it; a bar leads to its answers. */
export function SpendingChart({ place, demo, report }: SpendingChartProps) {
  const { t } = useTranslation();
  const today = useToday();
  const nameOf = useGroupName();
  const colours = useColours(report.groups);
  const limit = useChartLimit(place, demo, report.bucket);
  const { groupBy, sort, period } = place;
  // The names come from the language, and the report is a new one whenever that changes anything.
  // biome-ignore lint/correctness/useExhaustiveDependencies: nameOf is a new function each time
  const { bars, series } = useMemo(() => {
    const named = (group: { key: string; name: string }) => nameOf(groupBy, group.key, group.name);
    const ordered = sortedGroups(report.groups, sort, named);
    const names = new Map(report.groups.map((group) => [group.key, named(group)]));
    const all = groupBy === 'day' ? t('spending.total') : t('spending.allOthers');
    return {
      bars: chartBars(report, daysToCome(report, period), Date.now()),
      series: chartSeries(
        report,
        ordered.map(({ key }) => key),
        groupBy,
      ).map(
        (one): NamedSeries => ({
          ...one,
          name: one.key === null ? all : (names.get(one.key) ?? ''),
        }),
      ),
    };
  }, [report, groupBy, sort, period, today, t]);
  const { drawn, parts } = useMemo(
    () => ({
      drawn: bars.map((bar, at) => ({
        ...bar,
        name: nameOfBar(bar, report, at, t),
        parts: series.map(({ amounts }) => amounts[at] ?? 0n),
        unknown: report.buckets[at]?.unknown ?? 0,
      })),
      parts: series.map(({ key }) => ({
        key: key ?? 'other',
        colour:
          groupBy === 'day'
            ? colourOf(0)
            : key === null
              ? colourOf(null)
              : colourOf(colours.get(key) ?? null),
      })),
    }),
    [bars, series, report, groupBy, colours, t],
  );
  const open = (at: number, unknownOnly: boolean) => {
    const bar = bars[at];
    if (!bar) return;
    const rows = place.rows ?? NEWEST_ROWS;
    openPlace({
      ...place,
      rows,
      bar: bar.place,
      ...(unknownOnly ? { sources: UNKNOWN_ONLY } : {}),
    });
  };
  const days = dayRange(dayStart(report.from), dayStart(report.to), today);
  const label = t(`spending.chartBy.${report.bucket}`, { days });
  return (
    <figure className="mt-2 mb-2">
      <StackedBars
        label={label}
        series={parts}
        bars={drawn}
        tickText={(amount, step) => usd(nano(amount), tickDecimals(step))}
        slip={(at) => <Slip bar={bars[at]} series={series} at={at} report={report} parts={parts} />}
        unknownText={({ key, unknown }) =>
          t('spending.unknownAt', {
            title: bars.find((bar) => bar.key === key)?.title ?? '',
            count: unknown,
          })
        }
        onChoose={(at) => open(at, false)}
        onChooseUnknown={(at) => open(at, true)}
        limit={limit}
        chosen={place.rows === null || place.bar === null ? null : keyOf(place.bar)}
      />
      <ChartTable label={label} bars={bars} series={series} report={report} />
    </figure>
  );
}

function keyOf(bar: NonNullable<SpendingPlace['bar']>): string {
  return 'hour' in bar ? bar.hour : bar.from;
}

function nameOfBar(
  { title }: ChartBar,
  { buckets, sum }: SpendingReport,
  at: number,
  t: TFunction,
): string {
  const bucket = buckets[at];
  const cost = usd(sum.trend[at] ?? ZERO_USD, 4);
  if (!bucket || bucket.unknown === 0) return t('spending.bar', { title, cost });
  return t('spending.barUnknown', { title, cost, count: bucket.unknown });
}

interface SlipProps {
  bar: ChartBar | undefined;
  series: readonly NamedSeries[];
  at: number;
  report: SpendingReport;
  parts: readonly { readonly colour: string }[];
}

/** What a bar comes to, the part on top first. */
function Slip({ bar, series, at, report, parts }: SlipProps) {
  const { t } = useTranslation();
  const bucket = report.buckets[at];
  if (!bar || !bucket) return null;
  const rows = series
    .map(({ name, amounts }, index) => ({
      name,
      amount: amounts[at] ?? 0n,
      colour: parts[index]?.colour,
    }))
    .filter(({ amount }) => amount > 0n)
    .toReversed();
  return (
    <>
      <p className="text-12 font-medium text-text">{bar.title}</p>
      {rows.map(({ name, amount, colour }) => (
        <LeaderRow
          key={name}
          label={
            <span className="flex max-w-44 items-center gap-1.5">
              <i className="spending-swatch mr-0" style={{ background: colour }} />
              <span className="truncate">{name}</span>
            </span>
          }
        >
          {usd(nano(amount), 4)}
        </LeaderRow>
      ))}
      <LeaderRow label={t('spending.total')} total>
        {usd(report.sum.trend[at] ?? ZERO_USD, 4)}
      </LeaderRow>
      {bucket.unknown > 0 && <UnknownCost count={bucket.unknown} className="mt-1 text-12" />}
    </>
  );
}
