import {
  type BilledApp,
  type BilledEntry,
  type BilledRun,
  type BillingReport,
  type MatchConfidence,
  MOST_BILLED,
} from '../../../shared/contract/billing';
import { type ConnectionId, conversationId, messageId } from '../../../shared/ids';
import { type CostSource, nano } from '../../../shared/money';
import type { ReadDb } from '../connection';
import { statement } from '../statement';
import { ownApps } from './billing-match';

/** What came of all imports of a connection. */
export function billingReport(db: ReadDb, id: ConnectionId): BillingReport {
  const own = ownApps(db, id);
  return {
    filled: billedRuns(db, id, "run.cost_source = 'reconciled' AND before_source IS NOT NULL"),
    differences: billedRuns(
      db,
      id,
      "run.cost_source = 'reported' AND run.cost_nanousd <> billing_record.cost_nanousd",
    ),
    unmatched: unmatched(db, id, own),
    others: others(db, id, own),
    open: openAnswers(db, id),
  };
}

interface RunRow {
  readonly id: number;
  readonly at: number;
  readonly model: string;
  readonly confidence: MatchConfidence;
  readonly billed: string;
  readonly before_cost: string | null;
  readonly before_source: CostSource;
  readonly title: string;
  readonly open_conversation: number | null;
  readonly open_message: number | null;
}

function billedRuns(db: ReadDb, id: ConnectionId, condition: string): BillingReport['filled'] {
  const from = `FROM billing_record JOIN run ON run.id = billing_record.run_id
    WHERE billing_record.connection_id = ? AND ${condition}`;
  const rows = statement<RunRow>(
    db,
    `SELECT found.*, coalesce(conversation.title, found.copied_title) AS title,
       conversation.id AS open_conversation, message.id AS open_message
     FROM (SELECT billing_record.id, run.started_at AS at,
         coalesce(run.served_model, run.requested_model) AS model, confidence,
         CAST(billing_record.cost_nanousd AS TEXT) AS billed,
         CAST(iif(before_source IS NULL, run.cost_nanousd, before_nanousd) AS TEXT) AS before_cost,
         coalesce(before_source, run.cost_source) AS before_source,
         run.conversation_title AS copied_title, run.conversation_id, run.message_id
       ${from} ORDER BY run.started_at DESC, run.id DESC LIMIT ?) AS found
     LEFT JOIN conversation
       ON conversation.id = found.conversation_id AND conversation.deleted_at IS NULL
     LEFT JOIN message ON message.id = found.message_id AND message.deleted_at IS NULL
       AND conversation.id IS NOT NULL
     ORDER BY found.at DESC, found.id DESC`,
  ).all(id, MOST_BILLED);
  return { items: rows.map(billedRunOf), count: countOf(db, from, id) };
}

function billedRunOf(row: RunRow): BilledRun {
  return {
    id: row.id,
    at: row.at,
    model: row.model,
    confidence: row.confidence,
    billed: nano(BigInt(row.billed)),
    before: row.before_cost === null ? null : nano(BigInt(row.before_cost)),
    beforeSource: row.before_source,
    conversationTitle: row.title,
    conversationId:
      row.open_conversation === null ? null : conversationId.parse(row.open_conversation),
    messageId: row.open_message === null ? null : messageId.parse(row.open_message),
  };
}

/** Whether an entry's name of a key is one of a list, which may hold null. */
const IS_OWN = 'EXISTS (SELECT 1 FROM json_each(?) AS own WHERE own.value IS billing_record.app)';
const WITHOUT_RUN = 'connection_id = ? AND match_import_id IS NULL';

function unmatched(
  db: ReadDb,
  id: ConnectionId,
  own: readonly (string | null)[],
): BillingReport['unmatched'] {
  const from = `FROM billing_record WHERE ${WITHOUT_RUN} AND ${IS_OWN}`;
  const names = JSON.stringify(own);
  const items = statement<Omit<BilledEntry, 'cost'> & { readonly cost: string | null }>(
    db,
    `SELECT id, at, route, provider, prompt_tokens AS promptTokens,
       completion_tokens AS completionTokens, CAST(cost_nanousd AS TEXT) AS cost
     ${from} ORDER BY at DESC, id DESC LIMIT ?`,
  ).all(id, names, MOST_BILLED);
  return {
    items: items.map((row) => ({
      ...row,
      cost: row.cost === null ? null : nano(BigInt(row.cost)),
    })),
    count: countOf(db, from, id, names),
    ...sumOf(db, from, id, names),
  };
}

/** What entries come to, and how many costs of them nobody knows. */
function sumOf(db: ReadDb, from: string, ...values: unknown[]) {
  const sum = statement<{ cost: string; unknown: number }>(
    db,
    `SELECT CAST(coalesce(sum(cost_nanousd), 0) AS TEXT) AS cost,
       count(*) - count(cost_nanousd) AS unknown ${from}`,
  ).get(...values);
  return { cost: nano(BigInt(sum?.cost ?? '0')), unknown: sum?.unknown ?? 0 };
}

function others(
  db: ReadDb,
  id: ConnectionId,
  own: readonly (string | null)[],
): BillingReport['others'] {
  const from = `FROM billing_record WHERE ${WITHOUT_RUN} AND NOT ${IS_OWN}`;
  const names = JSON.stringify(own);
  const items = statement<Omit<BilledApp, 'cost'> & { readonly cost: string }>(
    db,
    `SELECT app, count(*) AS rows, CAST(coalesce(sum(cost_nanousd), 0) AS TEXT) AS cost,
       count(*) - count(cost_nanousd) AS unknown, min(at) AS first, max(at) AS last
     ${from} GROUP BY app ORDER BY sum(cost_nanousd) DESC, app LIMIT ?`,
  ).all(id, names, MOST_BILLED);
  return {
    items: items.map((row) => ({ ...row, cost: nano(BigInt(row.cost)) })),
    count: countOf(db, `FROM (SELECT 1 ${from} GROUP BY app)`, id, names),
    ...sumOf(db, from, id, names),
  };
}

/** Answers of which the bill should know, and whose cost is unknown all the same. */
function openAnswers(db: ReadDb, id: ConnectionId): number {
  const row = statement<{ count: number }>(
    db,
    `SELECT count(*) AS count FROM run WHERE connection_id = ? AND cost_source = 'unknown'
       AND state <> 'running' AND started_at BETWEEN
         (SELECT min(at) FROM billing_record WHERE connection_id = ?) AND
         (SELECT max(finished_at) FROM billing_import WHERE connection_id = ?)`,
  ).get(id, id, id);
  return row?.count ?? 0;
}

function countOf(db: ReadDb, from: string, ...values: unknown[]): number {
  return (
    statement<{ count: number }>(db, `SELECT count(*) AS count ${from}`).get(...values)?.count ?? 0
  );
}
