import type { CostSource } from '../../../shared/money';
import type { RunState } from '../../../shared/run-state';
import type { ReadDb, WriteDb } from '../connection';
import { statement } from '../statement';
import { oneLatency } from './latencies';
import { conversationSums, type GroupPlace, type Sums, type UsageChange } from './usage-sums';

/** What of an ended run is counted, and where. */
export interface CountedRun {
  readonly id: number;
  readonly is_demo: number;
  readonly day: string;
  readonly connection: string;
  readonly model: string;
  readonly provider: string;
  readonly preset: string;
  readonly routing: string;
  readonly conversation: string;
  readonly tags: string;
  readonly waste: string | null;
  readonly state: RunState;
  readonly cost: string | null;
  readonly cost_source: CostSource;
  readonly prompt_tokens: number | null;
  readonly completion_tokens: number | null;
  readonly total_ms: number | null;
  readonly first_token_ms: number | null;
}

/** Those of some runs that have ended. */
export function endedRuns(db: ReadDb, ids: readonly number[]): CountedRun[] {
  return statement<CountedRun>(
    db,
    `SELECT id, is_demo, day, connection_name AS connection,
       coalesce(served_model, requested_model) AS model, coalesce(served_provider, '') AS provider,
       coalesce(preset_name, '') AS preset, coalesce(routing, '') AS routing,
       coalesce(CAST(conversation_id AS TEXT), '') AS conversation,
       (SELECT json_group_array(key) FROM conversation_tag
        WHERE conversation_tag.conversation_id = run.conversation_id) AS tags,
       waste, state, CAST(cost_nanousd AS TEXT) AS cost, cost_source, prompt_tokens,
       completion_tokens, total_ms, first_token_ms
     FROM run WHERE id IN (SELECT value FROM json_each(?)) AND state <> 'running'`,
  ).all(JSON.stringify(ids));
}

/** Adds a run to every sum that it is part of, or takes it out of them. */
export function countRun(change: UsageChange, run: CountedRun, times: 1 | -1): void {
  const sums = sumsOf(run);
  const isDemo = run.is_demo;
  const month = run.day.slice(0, 7);
  for (const [grouping, key] of keysOf(run)) {
    change.inGroup({ grouping, isDemo, size: 'day', period: run.day, key }, sums, times);
    change.inGroup({ grouping, isDemo, size: 'month', period: month, key }, sums, times);
  }
  const { day, connection, model, provider, preset, routing, state } = run;
  const costSource = run.cost_source;
  change.onDay(
    { day, isDemo, connection, model, provider, preset, routing, costSource, state },
    sums,
    times,
  );
}

function keysOf(run: CountedRun): (readonly [grouping: string, key: string])[] {
  return [
    ['model', run.model],
    ['provider', run.provider],
    ['connection', run.connection],
    ['preset', run.preset],
    ['routing', run.routing],
    ['state', run.state],
    ['conversation', run.conversation],
    ...tagsOr(run.tags).map((tag) => ['tag', tag] as const),
    ...(run.state === 'complete' ? [['answered', run.routing] as const] : []),
    ...(run.waste === null ? [] : [['waste', run.waste] as const]),
  ];
}

/** The tags of a list in JSON, or the empty one where there is none. */
function tagsOr(list: string): string[] {
  const tags: string[] = JSON.parse(list);
  return tags.length === 0 ? [''] : tags;
}

function sumsOf(run: CountedRun): Sums {
  const cost = BigInt(run.cost ?? '0');
  const isEstimated = run.cost_source === 'estimated';
  return {
    runs: 1,
    unknown: run.cost_source === 'unknown' ? 1 : 0,
    known: isEstimated ? 0n : cost,
    estimated: isEstimated ? cost : 0n,
    prompt: run.prompt_tokens ?? 0,
    completion: run.completion_tokens ?? 0,
    totalMs: run.total_ms ?? 0,
    total: oneLatency(run.total_ms),
    first: oneLatency(run.first_token_ms),
  };
}

/**
 * Adds what some conversations cost to the sums of their tags, or takes it from them. Both around a change
 * of the tags, in its transaction.
 */
export function countTags(
  db: WriteDb,
  change: UsageChange,
  ids: readonly number[],
  times: 1 | -1,
): void {
  const tags = new Map(
    statement<{ id: string; tags: string }>(
      db,
      `SELECT CAST(value AS TEXT) AS id, (SELECT json_group_array(key) FROM conversation_tag
         WHERE conversation_id = value) AS tags FROM json_each(?)`,
    )
      .all(JSON.stringify(ids))
      .map((row) => [row.id, tagsOr(row.tags)]),
  );
  for (const { place, sums } of conversationSums(db, ids)) {
    for (const key of tags.get(place.key) ?? []) {
      const at: GroupPlace = { ...place, grouping: 'tag', key };
      change.inGroup(at, sums, times);
    }
  }
}
