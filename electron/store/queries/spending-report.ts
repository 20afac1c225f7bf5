import type {
  Grouping,
  SpendingFilter,
  SpendingGroup,
  SpendingReport,
} from '../../../shared/contract/spending';
import { hoursOfDay, localTime } from '../../../shared/local-day';
import { type NanoUsd, nano, type Total } from '../../../shared/money';
import { bucketsOf, type DayRange, previousRange } from '../../../shared/spending-period';
import type { ReadDb } from '../connection';
import { statement } from '../statement';
import { latenciesOf, NO_TIME, percentilesOf, type Took } from './latencies';
import { type LedgerRows, ledgerRows } from './ledger-filter';

/** The user's clock. */
export interface Calendar {
  readonly today: string;
  readonly timeZone: string;
}

/** The days that a filter means: without a first or a last one, those of the first and the last row. */
export function rangeOf(db: ReadDb, filter: SpendingFilter, { today }: Calendar): DayRange {
  const ends = statement<{ first: string | null; last: string | null }>(
    db,
    'SELECT min(day) AS first, max(day) AS last FROM run WHERE is_demo = ?',
  ).get(filter.demo ? 1 : 0);
  const last = ends?.last ?? today;
  const to = filter.to ?? (last > today ? last : today);
  const from = filter.from ?? ends?.first ?? to;
  return filter.to === null
    ? { from, to: from > to ? from : to }
    : { from: from > to ? to : from, to };
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
  const before = filter.from === null ? null : previousRange(range);
  const buckets = cut(range, calendar);
  const rows = ledgerRows(filter, range, groupBy);
  const all = groupBy === 'tag' ? ledgerRows(filter, range, null) : rows;
  const found = topGroups(db, rows, limit);
  const keys = found.groups.map(({ key }) => key);
  const names = namesOf(db, groupBy, keys);
  const costs = costsOverTime(db, rows, keys, buckets);
  const whole = groupBy === 'tag' ? costsOverTime(db, all, [], buckets) : costs;
  const latencies = latenciesOf(db, rows, keys);
  const allLatencies = groupBy === 'tag' ? latenciesOf(db, all, []) : latencies;
  const earlier = before && ledgerRows(filter, before, groupBy);
  const previous = earlier ? costsOf(db, earlier, keys) : { all: null, rest: null, by: new Map() };
  const earlierSum = before && topGroups(db, ledgerRows(filter, before, null), 1);
  const group = (figures: Figures, key: string, cost: readonly bigint[], took: Took) => ({
    ...groupOf(figures),
    key,
    name: names.get(key) ?? '',
    previous: previous.by.get(key) ?? null,
    totalMs: percentilesOf(took.total),
    firstTokenMs: percentilesOf(took.first),
    trend: cost.map(nano),
  });
  const groups: SpendingGroup[] = found.groups.map((figures, at) =>
    group(figures, figures.key, costs.parts[at] ?? [], latencies.by.get(figures.key) ?? NO_TIME()),
  );
  const other = found.rest && {
    ...group(found.rest, '', costs.rest, latencies.rest),
    name: '',
    previous: previous.rest,
  };
  const sumFigures = groupBy === 'tag' ? topGroups(db, all, 1).sum : found.sum;
  return {
    ...range,
    bucket: buckets.size,
    buckets: buckets.starts.map((start, at) => ({
      start,
      parts: [...costs.parts, ...(other ? [costs.rest] : [])].map((part) => nano(part[at] ?? 0n)),
      unknown: whole.unknown[at] ?? 0,
    })),
    groups,
    other,
    otherCount: found.count - groups.length,
    sum: {
      ...group(sumFigures, '', whole.all, allLatencies.all),
      name: '',
      previous: earlierSum && earlierSum.sum.runs > 0 ? costOf(earlierSum.sum) : null,
    },
    previous: before && earlierSum && { ...before, total: totalOf(earlierSum.sum) },
  };
}

interface Buckets {
  readonly size: SpendingReport['bucket'];
  readonly starts: readonly string[];
  /** SQL for what a row is found by, and the bucket of that. */
  readonly at: string;
  readonly indexOf: (at: string | number) => number;
}

function cut(range: DayRange, { timeZone }: Calendar): Buckets {
  const { size, starts } = bucketsOf(range);
  if (size !== 'hour')
    return { size, starts, at: 'run.day', indexOf: (day) => placeIn(starts, day) };
  const hours = hoursOfDay(range.from, timeZone);
  return {
    size,
    starts: hours.map((hour) => localTime(hour, timeZone)),
    at: 'run.started_at / 900000 * 900000',
    indexOf: (at) => placeIn(hours, at),
  };
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

interface Figures {
  readonly known: bigint;
  readonly estimated: bigint;
  readonly unknown: number;
  readonly running: number;
  readonly runs: number;
  readonly prompt: number;
  readonly completion: number;
}

interface FiguresRow extends Omit<Figures, 'known' | 'estimated'> {
  readonly key: string;
  readonly known: string;
  readonly estimated: string;
}

const SUMS = `
  coalesce(sum(cost_nanousd) FILTER (WHERE cost_source <> 'estimated'), 0) AS known,
  coalesce(sum(cost_nanousd) FILTER (WHERE cost_source = 'estimated'), 0) AS estimated,
  count(*) FILTER (WHERE cost_source = 'unknown' AND state <> 'running') AS unknown,
  count(*) FILTER (WHERE state = 'running') AS running, count(*) AS runs,
  coalesce(sum(prompt_tokens), 0) AS prompt, coalesce(sum(completion_tokens), 0) AS completion`;

export function topGroups(
  db: ReadDb,
  { key, sql, values }: LedgerRows,
  limit: number,
): {
  groups: (Figures & { key: string })[];
  rest: Figures | null;
  sum: Figures;
  count: number;
} {
  const rows = statement<FiguresRow>(
    db,
    `SELECT key, CAST(known AS TEXT) AS known, CAST(estimated AS TEXT) AS estimated, unknown, running,
       runs, prompt, completion
     FROM (SELECT ${key} AS key, ${SUMS} ${sql} GROUP BY 1)
     ORDER BY known + estimated DESC, key`,
  )
    .all(...values)
    .map((row) => ({ ...row, known: BigInt(row.known), estimated: BigInt(row.estimated) }));
  const others = rows.slice(limit);
  return {
    groups: rows.slice(0, limit),
    rest: others.length === 0 ? null : others.reduce(plus, NOTHING),
    sum: rows.reduce(plus, NOTHING),
    count: rows.length,
  };
}

const NOTHING: Figures = {
  known: 0n,
  estimated: 0n,
  unknown: 0,
  running: 0,
  runs: 0,
  prompt: 0,
  completion: 0,
};

function plus(one: Figures, other: Figures): Figures {
  return {
    known: one.known + other.known,
    estimated: one.estimated + other.estimated,
    unknown: one.unknown + other.unknown,
    running: one.running + other.running,
    runs: one.runs + other.runs,
    prompt: one.prompt + other.prompt,
    completion: one.completion + other.completion,
  };
}

export function totalOf({ known, estimated, unknown, running, runs }: Figures): Total {
  return { known: nano(known), estimated: nano(estimated), unknown, running, runs };
}

function costOf({ known, estimated }: Figures): NanoUsd {
  return nano(known + estimated);
}

function groupOf(
  figures: Figures,
): Pick<SpendingGroup, 'total' | 'promptTokens' | 'completionTokens'> {
  return {
    total: totalOf(figures),
    promptTokens: figures.prompt,
    completionTokens: figures.completion,
  };
}

interface CostRow {
  readonly key: string | null;
  readonly at: string | number;
  readonly cost: string;
  readonly unknown: number;
}

/** Costs by bucket: of each key, of all other keys, and of all. */
function costsOverTime(
  db: ReadDb,
  { key, sql, values }: LedgerRows,
  keys: readonly string[],
  { at, starts, indexOf }: Buckets,
): { parts: bigint[][]; rest: bigint[]; all: bigint[]; unknown: number[] } {
  const rows = statement<CostRow>(
    db,
    `SELECT key, at, CAST(coalesce(sum(cost_nanousd), 0) AS TEXT) AS cost, sum(unknown) AS unknown
     FROM (SELECT CASE WHEN ${key} IN (SELECT value FROM json_each(?)) THEN ${key} END AS key,
         ${at} AS at, cost_nanousd, cost_source = 'unknown' AND state <> 'running' AS unknown ${sql})
     GROUP BY key, at`,
  ).all(JSON.stringify(keys), ...values);
  const place = new Map(keys.map((found, index) => [found, index]));
  const zeros = () => starts.map(() => 0n);
  const costs = {
    parts: keys.map(zeros),
    rest: zeros(),
    all: zeros(),
    unknown: starts.map(() => 0),
  };
  for (const row of rows) {
    const index = indexOf(row.at);
    const part = row.key === null ? costs.rest : costs.parts[place.get(row.key) ?? -1];
    const cost = BigInt(row.cost);
    if (part) part[index] = (part[index] ?? 0n) + cost;
    costs.all[index] = (costs.all[index] ?? 0n) + cost;
    costs.unknown[index] = (costs.unknown[index] ?? 0) + row.unknown;
  }
  return costs;
}

/** Costs of the groups where they have a row at all. */
function costsOf(
  db: ReadDb,
  rows: LedgerRows,
  keys: readonly string[],
): { by: Map<string, NanoUsd>; rest: NanoUsd | null } {
  const { groups } = topGroups(db, rows, Number.MAX_SAFE_INTEGER);
  const wanted = new Set(keys);
  const rest = groups.filter(({ key }) => !wanted.has(key));
  return {
    by: new Map(
      groups.filter(({ key }) => wanted.has(key)).map((found) => [found.key, costOf(found)]),
    ),
    rest: rest.length === 0 ? null : costOf(rest.reduce(plus, NOTHING)),
  };
}

/** How the keys of a grouping are read. */
function namesOf(db: ReadDb, groupBy: Grouping, keys: readonly string[]): Map<string, string> {
  if (groupBy !== 'conversation' && groupBy !== 'tag')
    return new Map(keys.map((key) => [key, key]));
  const sql =
    groupBy === 'conversation'
      ? `SELECT CAST(id AS TEXT) AS key, title AS name FROM conversation
         WHERE id IN (SELECT CAST(value AS INTEGER) FROM json_each(?))`
      : `SELECT key, max(name) AS name FROM conversation_tag
         WHERE key IN (SELECT value FROM json_each(?)) GROUP BY key`;
  const rows = statement<{ key: string; name: string }>(db, sql).all(JSON.stringify(keys));
  return new Map(rows.map(({ key, name }) => [key, name]));
}
