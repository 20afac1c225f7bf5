import { adaptation } from '../../../shared/adaptation';
import type { Run } from '../../../shared/contract/conversation';
import type { Waste } from '../../../shared/contract/spending';
import { errorCode, failure } from '../../../shared/errors';
import type { Estimate } from '../../../shared/estimate';
import { type MessageId, type RunId, runId } from '../../../shared/ids';
import { type CostSource, type NanoUsd, nano } from '../../../shared/money';
import type { Profile } from '../../../shared/profile';
import type { RunPurpose } from '../../../shared/run-purpose';
import type { EndState, RunState } from '../../../shared/run-state';
import type { ReadDb, WriteDb } from '../connection';
import { statement } from '../statement';
import { elementsOf, fieldsOf, parametersOf } from './json-columns';

/** What is known of a run before its request leaves. */
export interface RunHead {
  readonly uid: string;
  readonly connectionId: number;
  readonly connectionName: string;
  /** The preset the message was sent with; its name is copied, as it may change. */
  readonly presetId: number | null;
  readonly presetName: string | null;
  readonly profile: Profile;
  readonly baseUrl: string;
  readonly isDemo: boolean;
  readonly purpose: RunPurpose;
  /** 1 for the first request of an answer. */
  readonly attempt: number;
  /** The user sent it although it could pass a budget. */
  readonly overBudget: boolean;
  /** What the answers that were asked for side by side have in common. */
  readonly fanOut: string | null;
  readonly model: string;
  readonly provider: string | null;
  readonly routing: string | null;
  /** The parameters that are sent, as JSON. */
  readonly parameters: string;
  /** The fields besides them, as JSON. */
  readonly extra: string;
  /** How the request differs from what was asked for, as a JSON list. */
  readonly adaptations: string;
  readonly answers: number;
  readonly models: number;
  readonly votes: number;
  /** About how many tokens the prompt has. */
  readonly promptEstimate: number;
  /** About what it costs; null where that is not known. */
  readonly estimate: Estimate | null;
  readonly startedAt: number;
  /** The calendar day it counts on, in the user's time zone. */
  readonly day: string;
}

/** What the ledger keeps of how a run went. */
export interface RunOutcome {
  readonly state: EndState;
  readonly failure: Run['failure'];
  readonly endedAt: number;
  readonly completionId: string | null;
  readonly servedModel: string | null;
  readonly servedProvider: string | null;
  readonly finishReason: string | null;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly totalTokens: number | null;
  readonly cachedTokens: number | null;
  readonly reasoningTokens: number | null;
  readonly promptCharacters: number | null;
  readonly responseCharacters: number | null;
  readonly receivedCharacters: number;
  readonly cost: NanoUsd | null;
  readonly costText: string | null;
  readonly costSource: CostSource;
  readonly latencyMs: number | null;
  readonly firstTokenMs: number | null;
  readonly totalMs: number | null;
  readonly rawUsage: string | null;
}

export interface RunRow {
  readonly id: number;
  readonly state: RunState;
  readonly error_code: string | null;
  readonly error: string | null;
  readonly finish_reason: string | null;
  readonly connection_name: string;
  readonly preset_name: string | null;
  readonly attempt: number;
  readonly adaptations: string;
  readonly fan_out: string | null;
  readonly requested_model: string;
  readonly requested_provider: string | null;
  readonly parameters: string;
  readonly answers: number;
  readonly votes: number;
  readonly models: number;
  readonly served_model: string | null;
  readonly served_provider: string | null;
  readonly prompt_tokens: number | null;
  readonly completion_tokens: number | null;
  readonly cached_tokens: number | null;
  readonly reasoning_tokens: number | null;
  readonly prompt_characters: number | null;
  readonly response_characters: number | null;
  readonly cost: string | null;
  readonly cost_source: CostSource;
  readonly latency_ms: number | null;
  readonly first_token_ms: number | null;
  readonly total_ms: number | null;
  readonly started_at: number;
  readonly is_demo: number;
  readonly over_budget: number;
}

export const RUN_COLUMNS = `run.id, state, error_code, error, finish_reason, connection_name, preset_name, attempt,
  adaptations, fan_out, requested_model, requested_provider, parameters, answers, votes, models, served_model,
  served_provider, prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens,
  prompt_characters, response_characters, CAST(run.cost_nanousd AS TEXT) AS cost, cost_source, latency_ms,
  first_token_ms, total_ms, started_at, run.is_demo, over_budget`;

/**
 * The runs of some messages, oldest first: those an answer came from, which several answers may share,
 * and those made for it that failed before.
 */
export function runsOf(
  db: ReadDb,
  messageIds: readonly number[],
): { readonly messageId: number; readonly run: Run }[] {
  return statement<RunRow & { readonly message_id: number }>(
    db,
    `WITH wanted (message_id) AS (SELECT value FROM json_each(?)),
       found (message_id, run_id) AS (
         SELECT message.id, message.run_id FROM wanted JOIN message ON message.id = wanted.message_id
         WHERE message.run_id IS NOT NULL
         UNION
         SELECT run.message_id, run.id FROM wanted JOIN run ON run.message_id = wanted.message_id)
     SELECT found.message_id, ${RUN_COLUMNS} FROM found JOIN run ON run.id = found.run_id
     ORDER BY run.id`,
  )
    .all(JSON.stringify(messageIds))
    .map((row) => ({ messageId: row.message_id, run: runFromRow(row) }));
}

/** Enters a run into the ledger, as running. */
export function insertRun(
  db: WriteDb,
  place: {
    readonly conversationId: number | null;
    readonly conversationTitle: string;
    readonly messageId: MessageId | null;
  },
  head: RunHead,
): RunId {
  const { lastInsertRowid } = statement(
    db,
    `INSERT INTO run (uid, conversation_id, conversation_title, message_id, connection_id,
       connection_name, preset_id, preset_name, profile, base_url, is_demo, purpose, attempt, fan_out,
       requested_model, requested_provider, routing, parameters, extra, adaptations, answers, models,
       votes, over_budget, estimate_tokens, estimate_low_nanousd, estimate_high_nanousd, estimate_basis, state,
       started_at, day, cost_source)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'running', ?, ?,
       'unknown')`,
  ).run(
    head.uid,
    place.conversationId,
    place.conversationTitle,
    place.messageId,
    head.connectionId,
    head.connectionName,
    head.presetId,
    head.presetName,
    head.profile,
    head.baseUrl,
    head.isDemo ? 1 : 0,
    head.purpose,
    head.attempt,
    head.fanOut,
    head.model,
    head.provider,
    head.routing,
    head.parameters,
    head.extra,
    head.adaptations,
    head.answers,
    head.models,
    head.votes,
    head.overBudget ? 1 : 0,
    head.promptEstimate,
    head.estimate?.low ?? null,
    head.estimate?.high ?? null,
    head.estimate?.basis ?? null,
    head.startedAt,
    head.day,
  );
  return runId.parse(Number(lastInsertRowid));
}

/** Writes how a run went into its row. */
export function updateRun(db: WriteDb, id: RunId, outcome: RunOutcome): void {
  const { code, ...error } = outcome.failure ?? { code: null };
  statement(
    db,
    `UPDATE run SET state = ?, error_code = ?, error = ?, http_status = ?, ended_at = ?,
       completion_id = ?, served_model = ?, served_provider = ?, finish_reason = ?, prompt_tokens = ?,
       completion_tokens = ?, total_tokens = ?, cached_tokens = ?, reasoning_tokens = ?,
       prompt_characters = ?, response_characters = ?, received_characters = ?, cost_nanousd = ?,
       cost_text = ?, cost_source = ?, latency_ms = ?, first_token_ms = ?, total_ms = ?, raw_usage = ?,
       waste = CASE WHEN conversation_id IS NULL THEN 'deleted' ELSE ? END
     WHERE id = ?`,
  ).run(
    outcome.state,
    code,
    code === null ? null : JSON.stringify(error),
    outcome.failure?.status ?? null,
    outcome.endedAt,
    outcome.completionId,
    outcome.servedModel,
    outcome.servedProvider,
    outcome.finishReason,
    outcome.promptTokens,
    outcome.completionTokens,
    outcome.totalTokens,
    outcome.cachedTokens,
    outcome.reasoningTokens,
    outcome.promptCharacters,
    outcome.responseCharacters,
    outcome.receivedCharacters,
    outcome.cost,
    outcome.costText,
    outcome.costSource,
    outcome.latencyMs,
    outcome.firstTokenMs,
    outcome.totalMs,
    outcome.rawUsage,
    wasteOf(outcome.state),
    id,
  );
}

/** An answer that broke off is of as little use as one that failed. */
export function wasteOf(state: EndState): Waste | null {
  switch (state) {
    case 'complete':
      return null;
    case 'stopped':
      return 'stopped';
    case 'incomplete':
    case 'failed':
      return 'failed';
  }
}

/** A row as the page gets it. */
export function runFromRow(row: RunRow): Run {
  return {
    id: runId.parse(row.id),
    state: row.state,
    failure: failureOf(row),
    finishReason: row.finish_reason,
    connectionName: row.connection_name,
    presetName: row.preset_name,
    attempt: row.attempt,
    adaptations: elementsOf(row.adaptations, adaptation),
    fanOut: row.fan_out,
    requestedModel: row.requested_model,
    requestedProvider: row.requested_provider,
    parameters: parametersOf(row.parameters),
    answers: row.answers,
    votes: row.votes,
    models: row.models,
    servedModel: row.served_model,
    servedProvider: row.served_provider,
    promptTokens: row.prompt_tokens,
    completionTokens: row.completion_tokens,
    cachedTokens: row.cached_tokens,
    reasoningTokens: row.reasoning_tokens,
    promptCharacters: row.prompt_characters,
    responseCharacters: row.response_characters,
    cost: row.cost === null ? null : nano(BigInt(row.cost)),
    costSource: row.cost_source,
    latencyMs: row.latency_ms,
    firstTokenMs: row.first_token_ms,
    totalMs: row.total_ms,
    startedAt: row.started_at,
    isDemo: row.is_demo === 1,
    overBudget: row.over_budget === 1,
  };
}

/** A code that a later version may have written is still a failure, of a kind unknown here. */
function failureOf(row: RunRow): Run['failure'] {
  if (row.error_code === null) return null;
  const code = errorCode.catch('internal').parse(row.error_code);
  const details = failure.safeParse({ ...fieldsOf(row.error ?? '{}'), code });
  return details.success ? details.data : { code };
}
