import type { BucketSize, Grouping, SpendingReport } from '../../../shared/contract/spending';
import { addDays } from '../../../shared/spending-period';
import { axisDay, dayName, dayRange, monthName, timeOfDay } from '../../ui/format';
import type { StackedBar } from '../../ui/stacked-bar';
import { SERIES } from './series-colours';
import { dayStart } from './spending-period';
import type { Bar } from './spending-place';

/** What one part of the bars stands for. */
export interface ChartSeries {
  /** The key of its group; null: all other groups together, or all of them. */
  readonly key: string | null;
  readonly amounts: readonly bigint[];
}

/** A part of the bars with its name. */
export interface NamedSeries extends ChartSeries {
  readonly name: string;
}

/**
 * The parts of the bars in the order of the table: the first groups, as many as there are colours, then
 * the rest as one. Days are not divided into days.
 */
export function chartSeries(
  report: SpendingReport,
  ordered: readonly string[],
  groupBy: Grouping,
): readonly ChartSeries[] {
  const { groups, other, sum } = report;
  if (groupBy === 'day') return [{ key: null, amounts: sum.trend }];
  const costly = groups.slice(0, SERIES);
  const series = ordered.flatMap((key): ChartSeries[] => {
    const group = costly.find((found) => found.key === key);
    return group ? [{ key, amounts: group.trend }] : [];
  });
  const rest = [...groups.slice(SERIES), ...(other ? [other] : [])];
  if (rest.length === 0) return series;
  const amounts = report.buckets.map((_, at) =>
    rest.reduce((amount, { trend }) => amount + (trend[at] ?? 0n), 0n),
  );
  return [...series, { key: null, amounts }];
}

/** A bar before it is drawn: what it stands for, and how that is written. */
export interface ChartBar extends Pick<StackedBar, 'key' | 'label' | 'time'> {
  /** In full. */
  readonly title: string;
  readonly place: Bar;
}

/** The bars of a report, and those of the `coming` days after it. */
export function chartBars(
  report: Pick<SpendingReport, 'from' | 'to' | 'bucket' | 'buckets'>,
  coming: readonly string[],
  now: number,
): readonly ChartBar[] {
  const { bucket, buckets, to } = report;
  const last = coming.at(-1) ?? to;
  const starts = [...buckets.map(({ start }) => start), ...coming];
  const kind = labelKind(bucket, report.from, last);
  return starts.map((start, at) => {
    if (bucket === 'hour') return hourBar(start, now);
    const next = starts[at + 1];
    const end = next === undefined ? last : addDays(next, -1);
    return {
      key: start,
      label: axisDay(dayStart(start), kind),
      title: spanName(bucket, start, end, now),
      time: timeOf(dayStart(start), dayStart(addDays(end, 1)), now),
      place: { from: start, to: end },
    };
  });
}

function hourBar(start: string, now: number): ChartBar {
  const from = Date.parse(start);
  const to = from + 3_600_000;
  return {
    key: start,
    label: start.slice(11, 13),
    title: `${dayName(from)}, ${timeOfDay(from)}–${timeOfDay(to)}`,
    time: timeOf(from, to, now),
    place: { hour: start },
  };
}

function timeOf(from: number, to: number, now: number): StackedBar['time'] {
  if (now < from) return 'coming';
  return now < to ? 'now' : 'past';
}

function labelKind(bucket: BucketSize, from: string, to: string): Parameters<typeof axisDay>[1] {
  switch (bucket) {
    case 'hour':
    case 'day':
      return from.slice(0, 7) === to.slice(0, 7) ? 'day' : 'date';
    case 'week':
      return 'date';
    case 'month':
      return from.slice(0, 4) === to.slice(0, 4) ? 'month' : 'monthOfYear';
    case 'year':
      return 'year';
  }
}

/** "22 November", "2–8 November", "November 2025", "2025". */
function spanName(bucket: BucketSize, from: string, to: string, now: number): string {
  const [start, end] = [dayStart(from), dayStart(to)];
  switch (bucket) {
    case 'month':
      return monthName(start, now);
    case 'year':
      return axisDay(start, 'year');
    case 'hour':
    case 'day':
    case 'week':
      return dayRange(start, end, now);
  }
}

/** The digits behind the point that tell the lines of an axis apart, two at least. */
export function tickDecimals(step: bigint): number {
  let decimals = 9;
  for (let left = step; left > 0n && left % 10n === 0n && decimals > 2; left /= 10n) decimals -= 1;
  return decimals;
}
