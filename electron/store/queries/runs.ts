import type { Profile } from '../../../shared/contract/connection';
import type { Run } from '../../../shared/contract/conversation';
import { errorCode } from '../../../shared/errors';
import { type RunId, runId } from '../../../shared/ids';
import { type CostSource, type NanoUsd, nano } from '../../../shared/money';
import type { EndState, RunState } from '../../../shared/run-state';
import type { ReadDb } from '../connection';
import { statement } from '../statement';

/** What is known of a run before its request leaves. */
export interface RunHead {
  readonly uid: string;
  readonly connectionId: number;
  readonly connectionName: string;
  readonly profile: Profile;
  readonly baseUrl: string;
  readonly isDemo: boolean;
  readonly model: string;
  readonly provider: string | null;
  readonly routing: string | null;
  /** The parameters that are sent, as JSON. */
  readonly parameters: string;
  readonly answers: number;
  readonly models: number;
  readonly votes: number;
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

interface Row {
  readonly id: number;
  readonly state: RunState;
  readonly error_code: string | null;
  readonly error: string | null;
  readonly finish_reason: string | null;
  readonly connection_name: string;
  readonly requested_model: string;
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
}

const COLUMNS = `id, state, error_code, error, finish_reason, connection_name, requested_model,
  served_model, served_provider, prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens,
  prompt_characters, response_characters, CAST(cost_nanousd AS TEXT) AS cost, cost_source, latency_ms,
  first_token_ms, total_ms, started_at, is_demo`;

/** The runs of these ids, by id. */
export function getRuns(db: ReadDb, ids: readonly RunId[]): Map<number, Run> {
  const found = new Map<number, Run>();
  const rows = statement<Row>(
    db,
    `SELECT ${COLUMNS} FROM run WHERE id IN (SELECT value FROM json_each(?))`,
  ).all(JSON.stringify(ids));
  for (const row of rows) found.set(row.id, fromRow(row));
  return found;
}

function fromRow(row: Row): Run {
  return {
    id: runId.parse(row.id),
    state: row.state,
    failure: failureOf(row),
    finishReason: row.finish_reason,
    connectionName: row.connection_name,
    requestedModel: row.requested_model,
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
  };
}

/** A code that a later version may have written is still a failure, of a kind unknown here. */
function failureOf(row: Row): Run['failure'] {
  if (row.error_code === null) return null;
  const code = errorCode.safeParse(row.error_code);
  const rest: Omit<NonNullable<Run['failure']>, 'code'> = row.error === null
    ? {}
    : JSON.parse(row.error);
  return { ...rest, code: code.success ? code.data : 'internal' };
}
