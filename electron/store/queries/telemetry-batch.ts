import { type CostSource, costSource, type NanoUsd, nano } from '../../../shared/money';
import type { ParameterValues } from '../../../shared/parameters';
import { type RunPurpose, runPurpose } from '../../../shared/run-purpose';
import type { EndState } from '../../../shared/run-state';
import { endState } from '../../../shared/run-state';
import type { WriteDb } from '../connection';
import { StoreError } from '../errors';
import { statement } from '../statement';
import { parametersOf } from './json-columns';

/** A cost and where it is from; the cost is null where it is unknown. */
export interface PricedAs {
  readonly source: CostSource;
  readonly cost: NanoUsd | null;
}

/** What leaves this computer of an ended run. There is no column of it that holds what anybody wrote. */
export interface TelemetryRun {
  readonly uid: string;
  readonly purpose: RunPurpose;
  /** How often the collector was told of it, this time included: 1 the first time. */
  readonly revision: number;
  readonly profile: string;
  readonly baseUrl: string;
  readonly requestedModel: string;
  readonly requestedProvider: string | null;
  readonly routing: string | null;
  readonly parameters: ParameterValues;
  readonly answers: number;
  readonly models: number;
  readonly votes: number;
  readonly attempt: number;
  readonly state: EndState;
  readonly errorCode: string | null;
  readonly httpStatus: number | null;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly servedModel: string | null;
  readonly servedProvider: string | null;
  readonly finishReason: string | null;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly cachedTokens: number | null;
  readonly reasoningTokens: number | null;
  readonly promptCharacters: number | null;
  readonly responseCharacters: number | null;
  readonly latencyMs: number | null;
  readonly firstTokenMs: number | null;
  readonly totalMs: number | null;
  readonly priced: PricedAs;
  /** What the collector was told before; null the first time. */
  readonly toldBefore: PricedAs | null;
}

/** Runs that are sent together, and again until they have arrived. */
export interface TelemetryBatch {
  /** What the metrics of the batch are the sum of happened after `from`, up to `until` (ms since 1970). */
  readonly from: number;
  readonly until: number;
  /** The spans have arrived already; only the metrics are missing. */
  readonly spansTold: boolean;
  /** None when there was nothing in this stretch of the ledger; there may be more behind it. */
  readonly runs: readonly TelemetryRun[];
}

/** How many rows of the ledger are looked through at most for runs from before. */
const STRETCH = 5_000;

interface Collector {
  readonly told_until: number | null;
  readonly window_end: number | null;
  readonly spans_told: number;
  readonly earlier_after: number | null;
  readonly earlier_last: number | null;
}

/**
 * The batch that is on its way, as it was taken; else a new one of up to `limit` runs, the oldest first.
 * Null when nothing waits.
 */
export function takeTelemetryBatch(db: WriteDb, now: number, limit: number): TelemetryBatch | null {
  return db
    .transaction((): TelemetryBatch | null => {
      const collector = collectorOf(db);
      if (collector.window_end !== null) return batchOf(db, collector.window_end, collector);
      const waiting = take(db, limit);
      const searched = waiting < limit && takeEarlier(db, collector, limit - waiting);
      if (waiting === 0 && !searched) return null;
      const until = Math.max(now, (collector.told_until ?? 0) + 1);
      const batch = batchOf(db, until, collector);
      if (batch.runs.length > 0) {
        statement(db, 'UPDATE telemetry SET window_end = ?, spans_told = 0').run(until);
      }
      return batch;
    })
    .immediate();
}

/** The collector has the spans of the batch that ends at `until`. */
export function noteSpansTold(db: WriteDb, until: number): void {
  statement(db, 'UPDATE telemetry SET spans_told = 1 WHERE window_end = ?').run(until);
}

/** The collector has all of the batch that ends at `until`. Another batch than the one on its way changes nothing. */
export function noteDelivered(db: WriteDb, until: number, at: number): void {
  db.transaction(() => {
    const { changes } = statement(
      db,
      `UPDATE telemetry SET told_until = window_end, window_end = NULL, spans_told = 0,
         delivered_at = ? WHERE window_end = ?`,
    ).run(at, until);
    if (changes === 0) return;
    statement(
      db,
      `UPDATE telemetry_run SET told_source = sent_source, told_nanousd = sent_nanousd,
         sent_source = NULL, sent_nanousd = NULL WHERE sent_source IS NOT NULL`,
    ).run();
  }).immediate();
}

/**
 * Leaves only its `most` oldest runs in the batch that ends at `until`; the others wait again, as if they had never
 * been in it. False when its spans have arrived, or another batch is on its way: then nothing changes.
 */
export function shortenTelemetryBatch(db: WriteDb, until: number, most: number): boolean {
  return db
    .transaction(() => {
      const { window_end, spans_told } = collectorOf(db);
      if (window_end !== until || spans_told === 1) return false;
      statement(
        db,
        `UPDATE telemetry_run SET waits = 1, revision = revision - 1, sent_source = NULL, sent_nanousd = NULL
         WHERE run_id IN (SELECT run_id FROM telemetry_run WHERE sent_source IS NOT NULL
           ORDER BY run_id LIMIT -1 OFFSET ?)`,
      ).run(most);
      return true;
    })
    .immediate();
}

/**
 * Lets go of the batch that ends at `until`. Its runs are then some that the collector was never told of,
 * and are sent with those from before when the user wants it; of what it knew before it is not told anew.
 */
export function dropTelemetryBatch(db: WriteDb, until: number): void {
  db.transaction(() => {
    const { changes } = statement(
      db,
      'UPDATE telemetry SET window_end = NULL, spans_told = 0 WHERE window_end = ?',
    ).run(until);
    if (changes === 0) return;
    statement(
      db,
      `DELETE FROM telemetry_run WHERE sent_source IS NOT NULL AND told_source IS NULL AND waits = 0`,
    ).run();
    statement(
      db,
      `UPDATE telemetry_run SET sent_source = NULL, sent_nanousd = NULL WHERE sent_source IS NOT NULL`,
    ).run();
  }).immediate();
}

function collectorOf(db: WriteDb): Collector {
  const found = statement<Collector>(
    db,
    'SELECT told_until, window_end, spans_told, earlier_after, earlier_last FROM telemetry',
  ).get();
  if (!found) throw new StoreError('logic', 'the row of the collector is missing');
  return found;
}

/** Puts runs that wait into the batch, with their cost as it is now. */
function take(db: WriteDb, limit: number): number {
  return statement(
    db,
    `UPDATE telemetry_run SET waits = 0, revision = revision + 1, sent_source = run.cost_source,
       sent_nanousd = run.cost_nanousd
     FROM run WHERE run.id = telemetry_run.run_id AND telemetry_run.run_id IN
       (SELECT run_id FROM telemetry_run WHERE waits = 1 ORDER BY run_id LIMIT ?)`,
  ).run(limit).changes;
}

/** Does the same with runs from before. False when none are wanted any more. */
function takeEarlier(db: WriteDb, collector: Collector, limit: number): boolean {
  const { earlier_after: after, earlier_last: last } = collector;
  if (after === null || last === null) return false;
  const to = Math.min(after + STRETCH, last);
  const found = statement<{ run_id: number }>(
    db,
    `INSERT INTO telemetry_run (run_id, waits, revision, sent_source, sent_nanousd)
     SELECT id, 0, 1, cost_source, cost_nanousd FROM run
     WHERE id > ? AND id <= ? AND state <> 'running' AND is_demo = 0
       AND NOT EXISTS (SELECT 1 FROM telemetry_run WHERE run_id = run.id)
     ORDER BY id LIMIT ? RETURNING run_id`,
  ).all(after, to, limit);
  const reached = found.length < limit ? to : Math.max(...found.map(({ run_id }) => run_id));
  const isEnd = reached >= last;
  statement(
    db,
    'UPDATE telemetry SET earlier_after = ?, earlier_last = ?, earlier_done = earlier_done + ?',
  ).run(isEnd ? null : reached, isEnd ? null : last, found.length);
  return true;
}

interface Row {
  readonly uid: string;
  readonly purpose: string;
  readonly revision: number;
  readonly profile: string;
  readonly base_url: string;
  readonly requested_model: string;
  readonly requested_provider: string | null;
  readonly routing: string | null;
  readonly parameters: string;
  readonly answers: number;
  readonly models: number;
  readonly votes: number;
  readonly attempt: number;
  readonly state: string;
  readonly error_code: string | null;
  readonly http_status: number | null;
  readonly started_at: number;
  readonly ended_at: number;
  readonly served_model: string | null;
  readonly served_provider: string | null;
  readonly finish_reason: string | null;
  readonly prompt_tokens: number | null;
  readonly completion_tokens: number | null;
  readonly cached_tokens: number | null;
  readonly reasoning_tokens: number | null;
  readonly prompt_characters: number | null;
  readonly response_characters: number | null;
  readonly latency_ms: number | null;
  readonly first_token_ms: number | null;
  readonly total_ms: number | null;
  readonly sent_source: string;
  readonly sent: string | null;
  readonly told_source: string | null;
  readonly told: string | null;
}

function batchOf(
  db: WriteDb,
  until: number,
  { told_until, spans_told }: Collector,
): TelemetryBatch {
  const rows = statement<Row>(
    db,
    `SELECT uid, purpose, revision, profile, base_url, requested_model, requested_provider, routing, parameters,
       answers, models, votes, attempt, state, error_code, http_status, started_at, ended_at,
       served_model, served_provider, finish_reason, prompt_tokens, completion_tokens, cached_tokens,
       reasoning_tokens, prompt_characters, response_characters, latency_ms, first_token_ms, total_ms,
       sent_source, CAST(sent_nanousd AS TEXT) AS sent, told_source, CAST(told_nanousd AS TEXT) AS told
     FROM telemetry_run JOIN run ON run.id = telemetry_run.run_id
     WHERE sent_source IS NOT NULL ORDER BY run.id`,
  ).all();
  const from = Math.min(told_until ?? until - 1, until - 1);
  return { from, until, spansTold: spans_told === 1, runs: rows.map(runOf) };
}

function runOf(row: Row): TelemetryRun {
  return {
    uid: row.uid,
    purpose: runPurpose.parse(row.purpose),
    revision: row.revision,
    profile: row.profile,
    baseUrl: row.base_url,
    requestedModel: row.requested_model,
    requestedProvider: row.requested_provider,
    routing: row.routing,
    parameters: parametersOf(row.parameters),
    answers: row.answers,
    models: row.models,
    votes: row.votes,
    attempt: row.attempt,
    state: endState.parse(row.state),
    errorCode: row.error_code,
    httpStatus: row.http_status,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    servedModel: row.served_model,
    servedProvider: row.served_provider,
    finishReason: row.finish_reason,
    promptTokens: row.prompt_tokens,
    completionTokens: row.completion_tokens,
    cachedTokens: row.cached_tokens,
    reasoningTokens: row.reasoning_tokens,
    promptCharacters: row.prompt_characters,
    responseCharacters: row.response_characters,
    latencyMs: row.latency_ms,
    firstTokenMs: row.first_token_ms,
    totalMs: row.total_ms,
    priced: pricedAs(row.sent_source, row.sent),
    toldBefore: row.told_source === null ? null : pricedAs(row.told_source, row.told),
  };
}

function pricedAs(source: string, cost: string | null): PricedAs {
  return { source: costSource.parse(source), cost: cost === null ? null : nano(BigInt(cost)) };
}
