import type { ModelRecord } from '../../../shared/contract/connection';
import type { ConnectionId } from '../../../shared/ids';
import { type NanoUsd, nano } from '../../../shared/money';
import type { ReadDb } from '../connection';
import { statement } from '../statement';

/** How many complete answers of a model its figures are made of. */
const NEWEST = 50;

interface AnswerRow {
  readonly cost: string | null;
  readonly first_token_ms: number | null;
  readonly total_ms: number | null;
  readonly completion_tokens: number | null;
}

/** The models asked over a connection since a time (ms), the last used first, and how they did. */
export function modelRecords(db: ReadDb, id: ConnectionId, since: number): ModelRecord[] {
  return statement<{ model: string; requests: number; last: number }>(
    db,
    `SELECT requested_model AS model, count(*) AS requests, max(started_at) AS last
     FROM run WHERE connection_id = ? AND started_at >= ?
     GROUP BY requested_model ORDER BY last DESC, model`,
  )
    .all(id, since)
    .map(({ model, requests, last }) => ({
      model,
      requests,
      lastUsedAt: last,
      ...figuresOf(newestAnswers(db, id, model, since)),
    }));
}

function newestAnswers(
  db: ReadDb,
  id: ConnectionId,
  model: string,
  since: number,
): readonly AnswerRow[] {
  return statement<AnswerRow>(
    db,
    `SELECT iif(cost_source IN ('reported', 'reconciled'), CAST(cost_nanousd AS TEXT), NULL) AS cost,
       first_token_ms, total_ms, completion_tokens
     FROM run WHERE connection_id = ? AND requested_model = ? AND state = 'complete'
       AND purpose = 'answer' AND started_at >= ?
     ORDER BY started_at DESC LIMIT ${NEWEST}`,
  ).all(id, model, since);
}

function figuresOf(
  answers: readonly AnswerRow[],
): Pick<ModelRecord, 'meanCost' | 'firstTokenMs' | 'tokensPerSecond'> {
  return {
    meanCost: mean(answers.flatMap(({ cost }) => (cost === null ? [] : [BigInt(cost)]))),
    firstTokenMs: median(answers.map(({ first_token_ms }) => first_token_ms)),
    tokensPerSecond: median(answers.map(speedOf)),
  };
}

/** In less than this a rate is chance, in milliseconds. */
const SHORTEST_WRITING_MS = 200;

/** Tokens a second from the first one on. */
function speedOf({ first_token_ms, total_ms, completion_tokens }: AnswerRow): number | null {
  if (first_token_ms === null || total_ms === null || completion_tokens === null) return null;
  const writing = total_ms - first_token_ms;
  return writing < SHORTEST_WRITING_MS ? null : (completion_tokens * 1000) / writing;
}

function mean(amounts: readonly bigint[]): NanoUsd | null {
  if (amounts.length === 0) return null;
  const count = BigInt(amounts.length);
  return nano((amounts.reduce((sum, amount) => sum + amount, 0n) + count / 2n) / count);
}

function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).toSorted((a, b) => a - b);
  const upper = known[known.length >> 1];
  const lower = known[(known.length - 1) >> 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}
