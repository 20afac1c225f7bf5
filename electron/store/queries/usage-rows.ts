import type { SpendingFilter } from '../../../shared/contract/spending';
import type { ReadDb } from '../connection';
import { statement } from '../statement';
import { ledgerCondition } from './ledger-filter';
import { type Calendar, rangeOf } from './spending-report';

/**
 * What a line of a usage file is made of, by name. Amounts are text, as everywhere outside SQLite; the
 * parameters and the extra fields are JSON.
 */
const RUN_FIELDS = {
  uid: 'run.uid',
  state: 'run.state',
  started_at: 'run.started_at',
  ended_at: 'run.ended_at',
  day: 'run.day',
  connection: 'run.connection_name',
  base_url: 'run.base_url',
  profile: 'run.profile',
  is_demo: 'run.is_demo',
  conversation_id: 'run.conversation_id',
  conversation_title: 'run.conversation_title',
  message_id: 'run.message_id',
  preset: 'run.preset_name',
  attempt: 'run.attempt',
  fan_out: 'run.fan_out',
  requested_model: 'run.requested_model',
  served_model: 'run.served_model',
  served_provider: 'run.served_provider',
  answers: 'run.answers',
  votes: 'run.votes',
  models: 'run.models',
  prompt_tokens: 'run.prompt_tokens',
  completion_tokens: 'run.completion_tokens',
  total_tokens: 'run.total_tokens',
  cached_tokens: 'run.cached_tokens',
  reasoning_tokens: 'run.reasoning_tokens',
  prompt_characters: 'run.prompt_characters',
  response_characters: 'run.response_characters',
  cost: 'CAST(run.cost_nanousd AS TEXT)',
  cost_source: 'run.cost_source',
  waste: 'run.waste',
  latency_ms: 'run.latency_ms',
  first_token_ms: 'run.first_token_ms',
  total_ms: 'run.total_ms',
  finish_reason: 'run.finish_reason',
  error_code: 'run.error_code',
  http_status: 'run.http_status',
  parameters: 'run.parameters',
  extra: "nullif(run.extra, '{}')",
  purpose: 'run.purpose',
} as const;
export type RunField = keyof typeof RUN_FIELDS;

/** The fields in the order in which a row has them. */
export const RUN_FIELD_NAMES = Object.keys(RUN_FIELDS) as RunField[];

export type UsageValue = string | number | null;

/** Rows one after the other, without ever holding them all, and how many there will be. */
export interface UsageRows {
  readonly count: number;
  readonly rows: Iterable<readonly UsageValue[]>;
}

/**
 * Every row of the ledger that a filter means, the oldest first. The rows can be taken once, and nothing
 * may be written by the same connection meanwhile.
 */
export function usageRows(db: ReadDb, filter: SpendingFilter, calendar: Calendar): UsageRows {
  const { sql, values } = ledgerCondition(filter, rangeOf(db, filter, calendar));
  const counted = statement<{ count: number }>(
    db,
    `SELECT count(*) AS count FROM run WHERE ${sql}`,
  ).get(...values);
  const rows = db
    .prepare<unknown[], UsageValue[]>(
      `SELECT ${Object.values(RUN_FIELDS).join(', ')} FROM run WHERE ${sql}
       ORDER BY run.started_at, run.id`,
    )
    .raw()
    .iterate(...values);
  return { count: counted?.count ?? 0, rows };
}
