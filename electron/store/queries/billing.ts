import type { BillingImport } from '../../../shared/contract/billing';
import {
  type BillingImportId,
  billingImportId,
  type ConnectionId,
  connectionId,
} from '../../../shared/ids';
import { type NanoUsd, nano } from '../../../shared/money';
import type { ReadDb, WriteDb } from '../connection';
import { StoreError } from '../errors';
import { statement } from '../statement';

/** An entry of a bill as it is kept. */
export interface BillingEntry {
  /** The server's own name of it. */
  readonly remoteId: string;
  /** Milliseconds since 1970; servers tell whole seconds. */
  readonly at: number;
  /** The name of the key. */
  readonly app: string | null;
  readonly provider: string | null;
  readonly route: string | null;
  readonly promptTokens: number | null;
  readonly promptCharacters: number | null;
  readonly completionTokens: number | null;
  readonly responseCharacters: number | null;
  readonly cost: NanoUsd | null;
  readonly latencyMs: number | null;
}

/** An import that is not finished, and how many entries it went through so far. */
export interface UnfinishedImport {
  readonly id: BillingImportId;
  readonly entries: number;
}

/** The unfinished import of a connection, or a new one. */
export function beginBillingImport(db: WriteDb, id: ConnectionId, at: number): UnfinishedImport {
  return db
    .transaction((): UnfinishedImport => {
      const unfinished = statement<{ id: number; entries: number }>(
        db,
        `SELECT id, entries + skipped AS entries FROM billing_import
         WHERE connection_id = ? AND finished_at IS NULL`,
      ).get(id);
      if (unfinished) {
        return { id: billingImportId.parse(unfinished.id), entries: unfinished.entries };
      }
      const { lastInsertRowid } = statement(
        db,
        'INSERT INTO billing_import (connection_id, started_at) VALUES (?, ?)',
      ).run(id, at);
      return { id: billingImportId.parse(Number(lastInsertRowid)), entries: 0 };
    })
    .immediate();
}

/** Which of a connection's entries are kept already, and whether by an import that is finished. */
export function knownBilling(
  db: ReadDb,
  id: ConnectionId,
  remoteIds: readonly string[],
): { readonly remoteId: string; readonly finished: boolean }[] {
  return statement<{ remote_id: string; finished: number }>(
    db,
    `SELECT remote_id, billing_import.finished_at IS NOT NULL AS finished
     FROM json_each(?) AS wanted
     JOIN billing_record ON billing_record.connection_id = ? AND remote_id = wanted.value
     JOIN billing_import ON billing_import.id = import_id`,
  )
    .all(JSON.stringify(remoteIds), id)
    .map((row) => ({ remoteId: row.remote_id, finished: row.finished === 1 }));
}

/** Keeps entries; those that are there already are left as they are. Returns how many were new. */
export function addBilling(
  db: WriteDb,
  id: BillingImportId,
  entries: readonly BillingEntry[],
  skipped: number,
): number {
  return db
    .transaction((): number => {
      let added = 0;
      for (const entry of entries) added += insertEntry(db, id, entry);
      statement(
        db,
        'UPDATE billing_import SET entries = entries + ?, skipped = skipped + ? WHERE id = ?',
      ).run(added, skipped, id);
      return added;
    })
    .immediate();
}

function insertEntry(db: WriteDb, id: BillingImportId, entry: BillingEntry): number {
  return statement(
    db,
    `INSERT OR IGNORE INTO billing_record (connection_id, import_id, remote_id, at, app, provider, route,
       prompt_tokens, prompt_characters, completion_tokens, response_characters, cost_nanousd, latency_ms)
     SELECT connection_id, id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM billing_import WHERE id = ?`,
  ).run(
    entry.remoteId,
    entry.at,
    entry.app,
    entry.provider,
    entry.route,
    entry.promptTokens,
    entry.promptCharacters,
    entry.completionTokens,
    entry.responseCharacters,
    entry.cost,
    entry.latencyMs,
    id,
  ).changes;
}

/** How far the bill of a connection was read. */
export interface BillingProgress {
  readonly connectionId: ConnectionId;
  readonly unfinished: number | null;
  readonly last: BillingImport | null;
}

interface ProgressRow {
  readonly connection_id: number;
  readonly id: number;
  readonly finished_at: number | null;
  readonly entries: number;
  readonly skipped: number;
  readonly certain: number;
  readonly likely: number;
  readonly filled: number;
  readonly filled_sum: string;
}

/** How far the bill of each connection was read, where one was. */
export function billingProgress(db: ReadDb): BillingProgress[] {
  const rows = statement<ProgressRow>(
    db,
    `SELECT billing_import.connection_id, billing_import.id, finished_at, entries, skipped,
       count(*) FILTER (WHERE confidence = 'certain') AS certain,
       count(*) FILTER (WHERE confidence = 'likely') AS likely,
       count(before_source) AS filled,
       CAST(coalesce(sum(cost_nanousd) FILTER (WHERE before_source IS NOT NULL), 0) AS TEXT) AS filled_sum
     FROM billing_import LEFT JOIN billing_record ON match_import_id = billing_import.id
     WHERE finished_at IS NULL OR billing_import.id = (SELECT max(newest.id)
       FROM billing_import AS newest WHERE newest.connection_id = billing_import.connection_id
       AND newest.finished_at IS NOT NULL)
     GROUP BY billing_import.id ORDER BY billing_import.id`,
  ).all();
  const found = new Map<number, BillingProgress>();
  for (const row of rows) {
    const before = found.get(row.connection_id);
    const { finished_at: finishedAt } = row;
    found.set(row.connection_id, {
      connectionId: connectionId.parse(row.connection_id),
      unfinished: finishedAt === null ? row.entries : (before?.unfinished ?? null),
      last: finishedAt === null ? (before?.last ?? null) : importOf(row, finishedAt),
    });
  }
  return [...found.values()];
}

function importOf(row: ProgressRow, finishedAt: number): BillingImport {
  return {
    id: billingImportId.parse(row.id),
    finishedAt,
    rows: row.entries,
    skipped: row.skipped,
    certain: row.certain,
    likely: row.likely,
    filled: { count: row.filled, sum: nano(BigInt(row.filled_sum)) },
  };
}

/** The connection of a finished import. Throws `not_found`, and `conflict` when a later one is finished. */
export function undoableConnection(db: ReadDb, id: BillingImportId): ConnectionId {
  const found = statement<{ connection_id: number; newest: number }>(
    db,
    `SELECT connection_id, (SELECT max(newest.id) FROM billing_import AS newest
         WHERE newest.connection_id = billing_import.connection_id
         AND newest.finished_at IS NOT NULL) AS newest
     FROM billing_import WHERE id = ? AND finished_at IS NOT NULL`,
  ).get(id);
  if (!found) throw new StoreError('not_found', `there is no finished import ${id}`);
  if (found.newest !== id) throw new StoreError('conflict', `import ${id} is not the last`);
  return connectionId.parse(found.connection_id);
}
