import type { EstimateAccuracy } from '../../../shared/contract/estimate';
import type { EstimateBasis } from '../../../shared/estimate';
import type { ConnectionId } from '../../../shared/ids';
import { type NanoUsd, nano } from '../../../shared/money';
import type { ReadDb } from '../connection';
import { statement } from '../statement';

/** How many of a model's newest answers are asked what the next one costs. */
const NEWEST_ANSWERS = 60;

/** What a complete answer says of the price of its model. */
export interface AnsweredRun {
  /** As the server counted. */
  readonly promptTokens: number | null;
  /** The same as it was estimated before. */
  readonly estimatedTokens: number | null;
  /** Of all answers together; estimated from their length where the server did not count. */
  readonly replyTokens: number | null;
  readonly answers: number;
  readonly votes: number;
  readonly models: number;
  /** Null unless the server or its bill told. */
  readonly cost: NanoUsd | null;
}

/** The newest complete answers of a model over a connection. */
export function answeredRuns(db: ReadDb, id: ConnectionId, model: string): AnsweredRun[] {
  return statement<Omit<AnsweredRun, 'cost'> & { readonly cost: string | null }>(
    db,
    `SELECT prompt_tokens AS promptTokens, estimate_tokens AS estimatedTokens,
       coalesce(completion_tokens, nullif((received_characters + 3) / 4, 0)) AS replyTokens,
       answers, votes, models,
       iif(cost_source IN ('reported', 'reconciled'), CAST(cost_nanousd AS TEXT), NULL) AS cost
     FROM run WHERE connection_id = ? AND requested_model = ? AND state = 'complete'
       AND purpose = 'answer'
     ORDER BY started_at DESC LIMIT ${NEWEST_ANSWERS}`,
  )
    .all(id, model)
    .map((row) => ({ ...row, cost: row.cost === null ? null : nano(BigInt(row.cost)) }));
}

/** How many of the newest estimates are looked at. */
const NEWEST_ESTIMATES = 200;

interface EstimateRow {
  readonly basis: EstimateBasis;
  readonly low: string;
  readonly high: string;
  readonly cost: string;
}

/** How near the newest estimates came to what complete answers cost, by what they were made of. */
export function estimateAccuracy(db: ReadDb, demo: boolean): EstimateAccuracy[] {
  const rows = statement<EstimateRow>(
    db,
    `SELECT estimate_basis AS basis, CAST(estimate_low_nanousd AS TEXT) AS low,
       CAST(estimate_high_nanousd AS TEXT) AS high, CAST(cost_nanousd AS TEXT) AS cost
     FROM run WHERE estimate_basis IS NOT NULL AND is_demo = ? AND state = 'complete'
       AND cost_source IN ('reported', 'reconciled') AND purpose = 'answer'
     ORDER BY started_at DESC LIMIT ${NEWEST_ESTIMATES}`,
  ).all(demo ? 1 : 0);
  return (['ledger', 'prices'] as const).flatMap((basis) => {
    const those = rows.filter((row) => row.basis === basis);
    return those.length === 0 ? [] : { basis, ...accuracyOf(those) };
  });
}

function accuracyOf(rows: readonly EstimateRow[]): Omit<EstimateAccuracy, 'basis'> {
  const errors: number[] = [];
  let inside = 0;
  for (const row of rows) {
    const [low, high, cost] = [BigInt(row.low), BigInt(row.high), BigInt(row.cost)];
    if (low <= cost && cost <= high) inside += 1;
    const off = low + high - 2n * cost;
    if (cost > 0n) errors.push(Number(((off < 0n ? -off : off) * 1000n) / (2n * cost)));
  }
  const sorted = errors.toSorted((a, b) => a - b);
  return { runs: rows.length, inside, medianError: sorted[sorted.length >> 1] ?? null };
}
