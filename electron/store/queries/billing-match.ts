import type { MatchConfidence } from '../../../shared/contract/billing';
import { type BillingImportId, type ConnectionId, type RunId, runId } from '../../../shared/ids';
import { type CostSource, type NanoUsd, nano } from '../../../shared/money';
import type { ReadDb, WriteDb } from '../connection';
import { StoreError } from '../errors';
import { statement } from '../statement';
import { type BillingEntry, undoableConnection } from './billing';
import { countInDay, uncountInDay } from './spending';

/** An entry that no run was found for yet. */
export interface OpenEntry extends Omit<BillingEntry, 'remoteId' | 'latencyMs' | 'cost'> {
  readonly id: number;
  readonly cost: NanoUsd;
}

/** A run that no entry was found for yet. */
export interface OpenRun {
  readonly id: RunId;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly requestedModel: string;
  readonly servedModel: string | null;
  readonly requestedProvider: string | null;
  readonly servedProvider: string | null;
  readonly promptTokens: number | null;
  readonly promptCharacters: number | null;
  readonly completionTokens: number | null;
  readonly responseCharacters: number | null;
  readonly costSource: CostSource;
  /**
   * False for one that is on its way, and for one that several models were asked with, which has several
   * entries: they may be meant, but none of them is taken.
   */
  readonly single: boolean;
}

export interface BillingMatch {
  /** The entry's. */
  readonly id: number;
  readonly runId: RunId;
  readonly confidence: MatchConfidence;
}

/** The entries of a connection that have no run and whose cost can be read. */
export function openEntries(db: ReadDb, id: ConnectionId): OpenEntry[] {
  return statement<Omit<OpenEntry, 'cost'> & { readonly cost: string }>(
    db,
    `SELECT id, at, app, provider, route, prompt_tokens AS promptTokens,
       prompt_characters AS promptCharacters, completion_tokens AS completionTokens,
       response_characters AS responseCharacters, CAST(cost_nanousd AS TEXT) AS cost
     FROM billing_record
     WHERE connection_id = ? AND match_import_id IS NULL AND cost_nanousd IS NOT NULL ORDER BY at, id`,
  )
    .all(id)
    .map((row) => ({ ...row, cost: nano(BigInt(row.cost)) }));
}

/** The runs of a connection that began between two moments and that no entry was found for. */
export function openRuns(db: ReadDb, id: ConnectionId, from: number, to: number): OpenRun[] {
  return statement<
    Omit<OpenRun, 'id' | 'single'> & { readonly id: number; readonly single: number }
  >(
    db,
    `SELECT id, started_at AS startedAt, coalesce(ended_at, ?) AS endedAt, requested_model AS requestedModel,
       served_model AS servedModel, requested_provider AS requestedProvider,
       served_provider AS servedProvider, prompt_tokens AS promptTokens,
       prompt_characters AS promptCharacters, completion_tokens AS completionTokens,
       response_characters AS responseCharacters, cost_source AS costSource,
       state <> 'running' AND models = 1 AS single
     FROM run WHERE started_at BETWEEN ? AND ? AND connection_id = ? AND profile = 'apipie'
       AND NOT EXISTS (SELECT 1 FROM billing_record WHERE billing_record.run_id = run.id)
     ORDER BY started_at, id`,
  )
    .all(to, from, to, id)
    .map((row) => ({ ...row, id: runId.parse(row.id), single: row.single === 1 }));
}

/** The names of keys that runs of a connection are certainly billed under; where none is, likely. */
export function ownApps(db: ReadDb, id: ConnectionId): (string | null)[] {
  const rows = statement<{ app: string | null; confidence: MatchConfidence }>(
    db,
    `SELECT DISTINCT app, confidence FROM billing_record
     WHERE connection_id = ? AND match_import_id IS NOT NULL`,
  ).all(id);
  const certain = rows.filter(({ confidence }) => confidence === 'certain');
  return [...new Set((certain.length > 0 ? certain : rows).map(({ app }) => app))];
}

/**
 * Finishes an import, and with it all that was found: the run of each entry takes its cost over unless
 * the server had reported one. Days and conversations are changed with them, in one transaction. What is
 * matched already stays so.
 */
export function finishBillingImport(
  db: WriteDb,
  id: BillingImportId,
  matches: readonly BillingMatch[],
  at: number,
): void {
  db.transaction(() => {
    const { changes } = statement(
      db,
      'UPDATE billing_import SET finished_at = ? WHERE id = ? AND finished_at IS NULL',
    ).run(at, id);
    if (changes === 0) throw new StoreError('conflict', `import ${id} is finished`);
    for (const match of matches) applyMatch(db, id, match, at);
  }).immediate();
}

interface Cost {
  readonly cost: string | null;
  readonly source: CostSource;
}

function applyMatch(db: WriteDb, id: BillingImportId, match: BillingMatch, at: number): void {
  const { changes } = statement(
    db,
    `UPDATE OR IGNORE billing_record SET run_id = ?, match_import_id = ?, confidence = ?, matched_at = ?
     WHERE id = ? AND match_import_id IS NULL AND cost_nanousd IS NOT NULL`,
  ).run(match.runId, id, match.confidence, at, match.id);
  if (changes === 0) return;
  const before = costOf(db, match.runId);
  const billed = statement<{ cost: string }>(
    db,
    'SELECT CAST(cost_nanousd AS TEXT) AS cost FROM billing_record WHERE id = ?',
  ).get(match.id);
  if (!before || !billed || !takesOver(before, billed.cost)) return;
  statement(db, 'UPDATE billing_record SET before_nanousd = ?, before_source = ? WHERE id = ?').run(
    before.cost === null ? null : BigInt(before.cost),
    before.source,
    match.id,
  );
  changeCost(db, match.runId, before, { cost: billed.cost, source: 'reconciled' });
}

/** What the server reported stays. Nothing to pay becomes a bill's only if it says otherwise. */
function takesOver({ source }: Cost, billed: string): boolean {
  switch (source) {
    case 'unknown':
    case 'estimated':
      return true;
    case 'none':
      return billed !== '0';
    case 'reported':
    case 'reconciled':
      return false;
  }
}

interface AppliedRow {
  readonly run_id: number | null;
  readonly before_cost: string | null;
  readonly before_source: CostSource | null;
}

/**
 * Takes back all that the last import of its connection changed: costs, days and conversations are as
 * they were before it, and its entries are not there any more. Throws as `undoableConnection` does.
 */
export function undoBillingImport(db: WriteDb, id: BillingImportId): void {
  db.transaction(() => {
    const connection = undoableConnection(db, id);
    const applied = statement<AppliedRow>(
      db,
      `SELECT run_id, CAST(before_nanousd AS TEXT) AS before_cost, before_source
       FROM billing_record WHERE match_import_id = ?`,
    ).all(id);
    for (const row of applied) {
      if (row.run_id === null || row.before_source === null) continue;
      const run = runId.parse(row.run_id);
      const now = costOf(db, run);
      if (now?.source !== 'reconciled') continue;
      changeCost(db, run, now, { cost: row.before_cost, source: row.before_source });
    }
    statement(
      db,
      `UPDATE billing_record SET run_id = NULL, match_import_id = NULL, confidence = NULL,
         matched_at = NULL, before_nanousd = NULL, before_source = NULL WHERE match_import_id = ?`,
    ).run(id);
    // What was read since and is not finished hangs on these entries.
    const gone = `SELECT id FROM billing_import
      WHERE connection_id = ? AND (id = ? OR finished_at IS NULL)`;
    statement(db, `DELETE FROM billing_record WHERE import_id IN (${gone})`).run(connection, id);
    statement(db, `DELETE FROM billing_import WHERE id IN (${gone})`).run(connection, id);
  }).immediate();
}

function costOf(db: ReadDb, id: RunId): Cost | undefined {
  return statement<Cost>(
    db,
    'SELECT CAST(cost_nanousd AS TEXT) AS cost, cost_source AS source FROM run WHERE id = ?',
  ).get(id);
}

/** Changes what an ended run cost, and with it its day and its conversation. */
function changeCost(db: WriteDb, id: RunId, before: Cost, after: Cost): void {
  uncountInDay(db, id);
  const cost = after.cost === null ? null : BigInt(after.cost);
  statement(db, 'UPDATE run SET cost_nanousd = ?, cost_source = ? WHERE id = ?').run(
    cost,
    after.source,
    id,
  );
  countInDay(db, id);
  const from = sharesOf(before);
  const to = sharesOf(after);
  statement(
    db,
    `UPDATE conversation SET unknown_runs = unknown_runs + ?, cost_nanousd = cost_nanousd + ?,
       estimated_nanousd = estimated_nanousd + ?
     WHERE id = (SELECT conversation_id FROM run WHERE run.id = ?)`,
  ).run(to.unknown - from.unknown, to.known - from.known, to.estimated - from.estimated, id);
}

/** What a cost adds to the totals of its conversation. */
function sharesOf({ cost, source }: Cost): { unknown: number; known: bigint; estimated: bigint } {
  const amount = cost === null ? 0n : BigInt(cost);
  const estimated = source === 'estimated';
  return {
    unknown: cost === null ? 1 : 0,
    known: estimated ? 0n : amount,
    estimated: estimated ? amount : 0n,
  };
}
