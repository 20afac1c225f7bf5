import type {
  Grouping,
  SpendingFilter,
  SpendingGroup,
  SpendingReport,
} from '../../../shared/contract/spending';
import { hoursOfDay, localTime } from '../../../shared/local-day';
import { type NanoUsd, nano } from '../../../shared/money';
import { bucketsOf, type DayRange, previousRange } from '../../../shared/spending-period';
import type { ReadDb } from '../connection';
import { statement } from '../statement';
import { percentilesOf } from './latencies';
import { extentOf } from './spending-extent';
import {
  type Buckets,
  costOf,
  costsOverTime,
  type GroupFigures,
  groupsOf,
  noTimes,
  sumOf,
  type Times,
  timesOf,
  timesWithout,
  topGroups,
  totalOf,
  wholeOverTime,
  wholeTimes,
  without,
} from './spending-figures';
import { type Fineness, type Source, sourceOf } from './spending-source';

/** The user's clock. */
export interface Calendar {
  readonly today: string;
  readonly timeZone: string;
}

/** The days that a filter means: without a first or a last one, those of the first and the last row. */
export function rangeOf(db: ReadDb, filter: SpendingFilter, { today }: Calendar): DayRange {
  const extent = extentOf(db, filter.demo ? 1 : 0);
  const to = filter.to ?? (extent && extent.last > today ? extent.last : today);
  const from = filter.from ?? extent?.first ?? to;
  if (from <= to) return { from, to };
  return filter.to === null ? { from, to: from } : { from: to, to };
}

/** What was spent, in groups and over time. `limit` is how many groups stand by themselves. */
export function spendingReport(
  db: ReadDb,
  filter: SpendingFilter,
  groupBy: Grouping,
  limit: number,
  calendar: Calendar,
): SpendingReport {
  const range = rangeOf(db, filter, calendar);
  const cut = bucketsIn(range, calendar);
  const source = sourceOf(filter, groupBy, cut.size === 'hour');
  const { groups: top, count } = topGroups(db, source, range, limit);
  const keys = top.map(({ key }) => key);
  const sum = sumOf(db, source.whole(range, 'month'));
  // Every run once for each of its groups: that is what is left over when the groups are taken away.
  const pairs = source.overlaps ? sumOf(db, source.grouped(range, 'month')) : sum;
  const costs = costsOf(db, source, range, keys, cut);
  const times = timesIn(db, source, range, keys);
  const before = filter.from === null ? null : previousRange(range);
  const earlier = before && earlierCosts(db, source, before, keys);
  const names = namesOf(db, groupBy, keys);
  const rest = count > top.length ? without(pairs, top) : null;
  return {
    ...range,
    bucket: cut.size,
    buckets: cut.starts.map((start, at) => ({
      start,
      parts: [...costs.parts, ...(rest ? [costs.rest] : [])].map((part) => nano(part[at] ?? 0n)),
      unknown: costs.unknown[at] ?? 0,
    })),
    groups: top.map((figures, at) => ({
      ...groupOf(figures, costs.parts[at] ?? [], times.by.get(figures.key) ?? noTimes()),
      name: names.get(figures.key) ?? '',
      previous: earlier?.by.get(figures.key) ?? null,
    })),
    other: rest && { ...groupOf(rest, costs.rest, times.rest), previous: earlier?.rest ?? null },
    otherCount: count - top.length,
    sum: {
      ...groupOf(sum, costs.whole, times.whole),
      previous: earlier && earlier.sum.runs > 0 ? costOf(earlier.sum) : null,
    },
    previous: before && earlier && { ...before, total: totalOf(earlier.sum) },
  };
}

interface Cut extends Buckets {
  readonly size: SpendingReport['bucket'];
  readonly starts: readonly string[];
  readonly fineness: Fineness;
}

function bucketsIn(range: DayRange, { timeZone }: Calendar): Cut {
  const { size, starts } = bucketsOf(range);
  const { length } = starts;
  const indexOf = (day: string | number) => placeIn(starts, day);
  switch (size) {
    case 'hour': {
      const hours = hoursOfDay(range.from, timeZone);
      return {
        size,
        starts: hours.map((hour) => localTime(hour, timeZone)),
        length: hours.length,
        fineness: 'quarter',
        indexOf: (at) => placeIn(hours, at),
      };
    }
    case 'day':
    case 'week':
      return { size, starts, length, fineness: 'day', indexOf };
    case 'month':
    case 'year':
      return { size, starts, length, fineness: 'month', indexOf };
  }
}

/** Which of the beginnings, in order, is the last not after this; the first, where all are. */
function placeIn<Value extends string | number>(
  beginnings: readonly Value[],
  value: Value,
): number {
  let low = 0;
  let high = beginnings.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const beginning = beginnings[middle];
    if (beginning !== undefined && beginning <= value) low = middle;
    else high = middle;
  }
  return low;
}

function groupOf(
  figures: GroupFigures,
  costs: readonly bigint[],
  times: Times,
): Omit<SpendingGroup, 'previous'> {
  return {
    key: figures.key,
    name: '',
    total: totalOf(figures),
    promptTokens: figures.prompt,
    completionTokens: figures.completion,
    totalMs: percentilesOf(times.total),
    firstTokenMs: percentilesOf(times.first),
    trend: costs.map(nano),
  };
}

/** Costs by bucket: of each key, of all others together, and of all. */
function costsOf(
  db: ReadDb,
  source: Source,
  range: DayRange,
  keys: readonly string[],
  cut: Cut,
): { parts: bigint[][]; rest: bigint[]; whole: bigint[]; unknown: number[] } {
  const parts = costsOverTime(db, source.grouped(range, cut.fineness, keys), keys, cut);
  const { costs: whole, unknown } = wholeOverTime(db, source.whole(range, cut.fineness), cut);
  const pairs = source.overlaps
    ? wholeOverTime(db, source.grouped(range, cut.fineness), cut).costs
    : whole;
  const rest = pairs.map((cost, at) => parts.reduce((left, part) => left - (part[at] ?? 0n), cost));
  return { parts, rest, whole, unknown };
}

function timesIn(
  db: ReadDb,
  source: Source,
  range: DayRange,
  keys: readonly string[],
): { by: Map<string, Times>; rest: Times; whole: Times } {
  const by = timesOf(db, source.grouped(range, 'month', keys), keys);
  const whole = wholeTimes(db, source.whole(range, 'month'));
  const pairs = source.overlaps ? wholeTimes(db, source.grouped(range, 'month')) : whole;
  return { by, rest: timesWithout(pairs, by.values()), whole };
}

/** Costs of the time before, where there was a run. */
function earlierCosts(
  db: ReadDb,
  source: Source,
  before: DayRange,
  keys: readonly string[],
): { by: Map<string, NanoUsd>; rest: NanoUsd | null; sum: GroupFigures } {
  const found = groupsOf(db, source.grouped(before, 'month', keys), keys);
  const sum = sumOf(db, source.whole(before, 'month'));
  const pairs = source.overlaps ? sumOf(db, source.grouped(before, 'month')) : sum;
  const rest = without(pairs, found);
  return {
    by: new Map(found.map((figures) => [figures.key, costOf(figures)])),
    rest: rest.runs > 0 ? costOf(rest) : null,
    sum,
  };
}

/** How the keys of a grouping are read. */
function namesOf(db: ReadDb, groupBy: Grouping, keys: readonly string[]): Map<string, string> {
  if (groupBy !== 'conversation' && groupBy !== 'tag') {
    return new Map(keys.map((key) => [key, key]));
  }
  const sql =
    groupBy === 'conversation'
      ? `SELECT CAST(id AS TEXT) AS key, title AS name FROM conversation
         WHERE id IN (SELECT CAST(value AS INTEGER) FROM json_each(?))`
      : `SELECT key, max(name) AS name FROM conversation_tag
         WHERE key IN (SELECT value FROM json_each(?)) GROUP BY key`;
  const rows = statement<{ key: string; name: string }>(db, sql).all(JSON.stringify(keys));
  return new Map(rows.map(({ key, name }) => [key, name]));
}
