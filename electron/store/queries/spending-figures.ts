import { type NanoUsd, nano, type Total } from '../../../shared/money';
import type { DayRange } from '../../../shared/spending-period';
import type { ReadDb } from '../connection';
import { statement } from '../statement';
import { addLatencies, type Latencies, latenciesIn } from './latencies';
import type { Figures, Source } from './spending-source';

/** The sums of a group of runs. */
export interface GroupFigures {
  readonly key: string;
  readonly known: bigint;
  readonly estimated: bigint;
  readonly unknown: number;
  readonly running: number;
  readonly runs: number;
  readonly prompt: number;
  readonly completion: number;
}

interface FiguresRow extends Omit<GroupFigures, 'known' | 'estimated'> {
  readonly known: string;
  readonly estimated: string;
}

const SUMS = `coalesce(sum(known), 0) AS known, coalesce(sum(estimated), 0) AS estimated,
  coalesce(sum(unknown), 0) AS unknown, coalesce(sum(running), 0) AS running,
  coalesce(sum(runs), 0) AS runs, coalesce(sum(prompt), 0) AS prompt,
  coalesce(sum(completion), 0) AS completion`;

const OUT = `key, CAST(known AS TEXT) AS known, CAST(estimated AS TEXT) AS estimated, unknown, running,
  runs, prompt, completion`;

function figuresOf(row: FiguresRow): GroupFigures {
  return { ...row, known: BigInt(row.known), estimated: BigInt(row.estimated) };
}

/** The sums of all groups, the most costly first. */
export function allGroups(db: ReadDb, { sql, values }: Figures): GroupFigures[] {
  return statement<FiguresRow>(
    db,
    `SELECT ${OUT} FROM (SELECT key, ${SUMS} FROM (${sql}) GROUP BY key) AS by_key
     ORDER BY by_key.known + by_key.estimated DESC, key`,
  )
    .all(...values)
    .map(figuresOf);
}

/** Whether all rows of the ledger are real, or all of them the demo's. */
function isUnmixed(db: ReadDb): boolean {
  const row = statement<{ kinds: number }>(
    db,
    `SELECT EXISTS (SELECT 1 FROM run WHERE is_demo = 0) + EXISTS (SELECT 1 FROM run WHERE is_demo = 1)
       AS kinds`,
  ).get();
  return row?.kinds === 1;
}

/** The most costly groups, in this order, and how many there are. */
export function topGroups(
  db: ReadDb,
  source: Source,
  range: DayRange,
  limit: number,
): { groups: GroupFigures[]; count: number } {
  const grouped = source.grouped(range, 'month');
  if (!source.isKeyed) {
    const groups = allGroups(db, grouped);
    return { groups: groups.slice(0, limit), count: groups.length };
  }
  const costs = (isUnmixed(db) ? source.ranked : null) ?? {
    sql: `SELECT key, sum(known + estimated) AS cost FROM (${grouped.sql}) GROUP BY key`,
    values: grouped.values,
  };
  const ranked = statement<{ key: string; count: number }>(
    db,
    `WITH by_key AS MATERIALIZED (${costs.sql})
     SELECT key, (SELECT count(*) FROM by_key) AS count FROM by_key
     ORDER BY cost DESC, key LIMIT ?`,
  ).all(...costs.values, limit);
  const keys = ranked.map(({ key }) => key);
  const groups = groupsOf(db, source.grouped(range, 'month', keys), keys);
  const place = new Map(keys.map((key, at) => [key, at]));
  const placeOf = ({ key }: GroupFigures) => place.get(key) ?? 0;
  return {
    groups: groups.toSorted((one, other) => placeOf(one) - placeOf(other)),
    count: ranked[0]?.count ?? 0,
  };
}

/** The sums of these groups, of those that have a run. */
export function groupsOf(
  db: ReadDb,
  { sql, values }: Figures,
  keys: readonly string[],
): GroupFigures[] {
  return statement<FiguresRow>(
    db,
    `SELECT ${OUT} FROM (SELECT key, ${SUMS} FROM (${sql})
       WHERE key IN (SELECT value FROM json_each(?)) GROUP BY key)`,
  )
    .all(...values, JSON.stringify(keys))
    .map(figuresOf);
}

/** The sum of all rows. */
export function sumOf(db: ReadDb, { sql, values }: Figures): GroupFigures {
  const row = statement<FiguresRow>(
    db,
    `SELECT ${OUT} FROM (SELECT '' AS key, ${SUMS} FROM (${sql}))`,
  ).get(...values);
  return row ? figuresOf(row) : NOTHING;
}

const NOTHING: GroupFigures = {
  key: '',
  known: 0n,
  estimated: 0n,
  unknown: 0,
  running: 0,
  runs: 0,
  prompt: 0,
  completion: 0,
};

/** What is left of a sum without these groups. */
export function without(sum: GroupFigures, groups: readonly GroupFigures[]): GroupFigures {
  return groups.reduce(
    (rest, group) => ({
      key: '',
      known: rest.known - group.known,
      estimated: rest.estimated - group.estimated,
      unknown: rest.unknown - group.unknown,
      running: rest.running - group.running,
      runs: rest.runs - group.runs,
      prompt: rest.prompt - group.prompt,
      completion: rest.completion - group.completion,
    }),
    sum,
  );
}

export function totalOf({ known, estimated, unknown, running, runs }: GroupFigures): Total {
  return { known: nano(known), estimated: nano(estimated), unknown, running, runs };
}

/** Known and estimated costs. */
export function costOf({ known, estimated }: GroupFigures): NanoUsd {
  return nano(known + estimated);
}

interface CostRow {
  readonly key: string;
  readonly period: string | number;
  readonly cost: string;
  readonly unknown: number;
}

/** Costs in each of some buckets, and how many rows of these have an unknown one. */
export interface CostsOverTime {
  readonly costs: bigint[];
  readonly unknown: number[];
}

export interface Buckets {
  readonly length: number;
  /** The place of the bucket that a period is in. */
  readonly indexOf: (period: string | number) => number;
}

/** The costs of these groups over time, in their order. */
export function costsOverTime(
  db: ReadDb,
  { sql, values }: Figures,
  keys: readonly string[],
  buckets: Buckets,
): bigint[][] {
  const place = new Map(keys.map((key, at) => [key, at]));
  const found = keys.map(() => nothingIn(buckets).costs);
  const rows = statement<CostRow>(
    db,
    `SELECT key, period, CAST(sum(known + estimated) AS TEXT) AS cost, 0 AS unknown
     FROM (${sql}) WHERE key IN (SELECT value FROM json_each(?)) GROUP BY key, period`,
  ).all(...values, JSON.stringify(keys));
  for (const { key, period, cost } of rows) {
    add(found[place.get(key) ?? -1], buckets.indexOf(period), BigInt(cost));
  }
  return found;
}

/** The costs of all rows over time. */
export function wholeOverTime(
  db: ReadDb,
  { sql, values }: Figures,
  buckets: Buckets,
): CostsOverTime {
  const found = nothingIn(buckets);
  const rows = statement<Omit<CostRow, 'key'>>(
    db,
    `SELECT period, CAST(sum(known + estimated) AS TEXT) AS cost, sum(unknown) AS unknown
     FROM (${sql}) GROUP BY period`,
  ).all(...values);
  for (const { period, cost, unknown } of rows) {
    const at = buckets.indexOf(period);
    add(found.costs, at, BigInt(cost));
    found.unknown[at] = (found.unknown[at] ?? 0) + unknown;
  }
  return found;
}

function nothingIn({ length }: Buckets): CostsOverTime {
  return { costs: Array.from({ length }, () => 0n), unknown: Array.from({ length }, () => 0) };
}

function add(costs: bigint[] | undefined, at: number, cost: bigint): void {
  if (costs) costs[at] = (costs[at] ?? 0n) + cost;
}

/** How long runs took: in all, and to the first token. */
export interface Times {
  readonly total: Latencies;
  readonly first: Latencies;
}

export function noTimes(): Times {
  return { total: new Map(), first: new Map() };
}

interface StepsRow {
  readonly key: string;
  readonly total_steps: string;
  readonly first_steps: string;
}

/** How long the runs of these groups took. */
export function timesOf(
  db: ReadDb,
  { sql, values }: Figures,
  keys: readonly string[],
): Map<string, Times> {
  const found = new Map(keys.map((key) => [key, noTimes()]));
  const rows = statement<StepsRow>(
    db,
    `SELECT key, total_steps, first_steps FROM (${sql}) WHERE key IN (SELECT value FROM json_each(?))`,
  );
  for (const row of rows.iterate(...values, JSON.stringify(keys))) {
    const times = found.get(row.key);
    if (times) addTimes(times, row);
  }
  return found;
}

/** How long all of them took. */
export function wholeTimes(db: ReadDb, { sql, values }: Figures): Times {
  const found = noTimes();
  const rows = statement<StepsRow>(db, `SELECT '' AS key, total_steps, first_steps FROM (${sql})`);
  for (const row of rows.iterate(...values)) addTimes(found, row);
  return found;
}

function addTimes({ total, first }: Times, { total_steps, first_steps }: StepsRow): void {
  addLatencies(total, latenciesIn(total_steps));
  addLatencies(first, latenciesIn(first_steps));
}

/** What is left of times without those of some groups. */
export function timesWithout({ total, first }: Times, groups: Iterable<Times>): Times {
  const rest = { total: new Map(total), first: new Map(first) };
  for (const group of groups) {
    addLatencies(rest.total, group.total, -1);
    addLatencies(rest.first, group.first, -1);
  }
  return rest;
}
