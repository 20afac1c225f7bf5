import type { WriteDb } from '../connection';
import { statement } from '../statement';
import { addLatencies, type Latencies, latenciesIn, latencyColumn } from './latencies';

/** What is kept of runs that are counted together. */
export interface Sums {
  readonly runs: number;
  readonly unknown: number;
  readonly known: bigint;
  readonly estimated: bigint;
  readonly prompt: number;
  readonly completion: number;
  readonly totalMs: number;
  readonly total: Latencies;
  readonly first: Latencies;
}

/** A row of `usage_group`. */
export interface GroupPlace {
  readonly grouping: string;
  readonly isDemo: number;
  readonly size: 'day' | 'month';
  readonly period: string;
  readonly key: string;
}

/** A row of `usage_day`. */
export interface DayPlace {
  readonly day: string;
  readonly isDemo: number;
  readonly connection: string;
  readonly model: string;
  readonly provider: string;
  readonly preset: string;
  readonly routing: string;
  readonly costSource: string;
  readonly state: string;
}

/**
 * Changes of the sums that are collected and then written together: each row once, and none whose changes
 * came to nothing.
 */
export class UsageChange {
  readonly #groups = new Map<string, [GroupPlace, GrowingSums]>();
  readonly #days = new Map<string, [DayPlace, GrowingSums]>();

  /** Adds to a sum, or takes from it with -1 for `times`. */
  inGroup(place: GroupPlace, sums: Sums, times: 1 | -1): void {
    collect(this.#groups, place, sums, times);
  }

  onDay(place: DayPlace, sums: Sums, times: 1 | -1): void {
    collect(this.#days, place, sums, times);
  }

  write(db: WriteDb): void {
    for (const [place, sums] of this.#groups.values())
      if (!isNothing(sums)) writeGroup(db, place, sums);
    for (const [place, sums] of this.#days.values())
      if (!isNothing(sums)) writeDay(db, place, sums);
  }
}

/** Sums that are added to in place: a popular one has a hundred steps, too many to copy for each run. */
type GrowingSums = { -readonly [Name in keyof Sums]: Sums[Name] };

function noSums(): GrowingSums {
  return {
    runs: 0,
    unknown: 0,
    known: 0n,
    estimated: 0n,
    prompt: 0,
    completion: 0,
    totalMs: 0,
    total: new Map(),
    first: new Map(),
  };
}

function collect<Place extends object>(
  places: Map<string, [Place, GrowingSums]>,
  place: Place,
  sums: Sums,
  times: 1 | -1,
): void {
  const name = JSON.stringify(Object.values(place));
  let found = places.get(name);
  if (!found) {
    found = [place, noSums()];
    places.set(name, found);
  }
  add(found[1], sums, times);
}

function add(to: GrowingSums, other: Sums, times: 1 | -1): void {
  const sign = BigInt(times);
  to.runs += times * other.runs;
  to.unknown += times * other.unknown;
  to.known += sign * other.known;
  to.estimated += sign * other.estimated;
  to.prompt += times * other.prompt;
  to.completion += times * other.completion;
  to.totalMs += times * other.totalMs;
  addLatencies(to.total, other.total, times);
  addLatencies(to.first, other.first, times);
}

function isNothing({ known, estimated, total, first, ...counts }: Sums): boolean {
  return (
    known === 0n &&
    estimated === 0n &&
    total.size === 0 &&
    first.size === 0 &&
    Object.values(counts).every((count) => count === 0)
  );
}

interface GroupRow {
  readonly runs: number;
  readonly unknown: number;
  readonly known: string;
  readonly estimated: string;
  readonly prompt: number;
  readonly completion: number;
  readonly total_steps: string;
  readonly first_steps: string;
}

const GROUP_SUMS = `runs, unknown, CAST(known_nanousd AS TEXT) AS known,
  CAST(estimated_nanousd AS TEXT) AS estimated, prompt_tokens AS prompt,
  completion_tokens AS completion, total_steps, first_steps`;

function sumsOf(row: GroupRow): GrowingSums {
  return {
    runs: row.runs,
    unknown: row.unknown,
    known: BigInt(row.known),
    estimated: BigInt(row.estimated),
    prompt: row.prompt,
    completion: row.completion,
    totalMs: 0,
    total: latenciesIn(row.total_steps),
    first: latenciesIn(row.first_steps),
  };
}

/** What is kept of some conversations, by day and by month. */
export function conversationSums(
  db: WriteDb,
  ids: readonly number[],
): { readonly place: GroupPlace; readonly sums: Sums }[] {
  return statement<GroupRow & Omit<GroupPlace, 'grouping' | 'isDemo'> & { is_demo: number }>(
    db,
    `SELECT is_demo, size, period, key, ${GROUP_SUMS} FROM usage_group
     WHERE grouping = 'conversation' AND key IN (SELECT CAST(value AS TEXT) FROM json_each(?))`,
  )
    .all(JSON.stringify(ids))
    .map(({ is_demo, size, period, key, ...row }) => ({
      place: { grouping: 'conversation', isDemo: is_demo, size, period, key },
      sums: sumsOf(row),
    }));
}

const GROUP_PLACE = 'grouping = ? AND is_demo = ? AND size = ? AND period = ? AND key = ?';

function writeGroup(db: WriteDb, place: GroupPlace, change: Sums): void {
  const at = [place.grouping, place.isDemo, place.size, place.period, place.key];
  const row = statement<GroupRow>(
    db,
    `SELECT ${GROUP_SUMS} FROM usage_group WHERE ${GROUP_PLACE}`,
  ).get(at);
  const sums = row ? sumsOf(row) : noSums();
  add(sums, change, 1);
  if (sums.runs === 0) {
    statement(db, `DELETE FROM usage_group WHERE ${GROUP_PLACE}`).run(at);
    return;
  }
  statement(
    db,
    `INSERT INTO usage_group (grouping, is_demo, size, period, key, runs, unknown, known_nanousd,
       estimated_nanousd, prompt_tokens, completion_tokens, total_steps, first_steps)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET runs = excluded.runs, unknown = excluded.unknown,
       known_nanousd = excluded.known_nanousd, estimated_nanousd = excluded.estimated_nanousd,
       prompt_tokens = excluded.prompt_tokens, completion_tokens = excluded.completion_tokens,
       total_steps = excluded.total_steps, first_steps = excluded.first_steps`,
  ).run(
    ...at,
    sums.runs,
    sums.unknown,
    sums.known,
    sums.estimated,
    sums.prompt,
    sums.completion,
    latencyColumn(sums.total),
    latencyColumn(sums.first),
  );
}

const DAY_PLACE = `day = ? AND is_demo = ? AND connection = ? AND model = ? AND provider = ?
  AND preset = ? AND routing = ? AND cost_source = ? AND state = ?`;

function writeDay(db: WriteDb, place: DayPlace, change: Sums): void {
  const at = [
    place.day,
    place.isDemo,
    place.connection,
    place.model,
    place.provider,
    place.preset,
    place.routing,
    place.costSource,
    place.state,
  ];
  const row = statement<{ total_steps: string; first_steps: string }>(
    db,
    `SELECT total_steps, first_steps FROM usage_day WHERE ${DAY_PLACE}`,
  ).get(at);
  const total = latenciesIn(row?.total_steps ?? '[]');
  addLatencies(total, change.total);
  const first = latenciesIn(row?.first_steps ?? '[]');
  addLatencies(first, change.first);
  statement(
    db,
    `INSERT INTO usage_day (day, is_demo, connection, model, provider, preset, routing, cost_source,
       state, runs, cost_nanousd, prompt_tokens, completion_tokens, total_ms, total_steps, first_steps)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET runs = runs + excluded.runs,
       cost_nanousd = cost_nanousd + excluded.cost_nanousd,
       prompt_tokens = prompt_tokens + excluded.prompt_tokens,
       completion_tokens = completion_tokens + excluded.completion_tokens,
       total_ms = total_ms + excluded.total_ms, total_steps = excluded.total_steps,
       first_steps = excluded.first_steps`,
  ).run(
    ...at,
    change.runs,
    change.known + change.estimated,
    change.prompt,
    change.completion,
    change.totalMs,
    latencyColumn(total),
    latencyColumn(first),
  );
  statement(db, `DELETE FROM usage_day WHERE ${DAY_PLACE} AND runs = 0`).run(at);
}
