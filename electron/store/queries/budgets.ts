import {
  type Budget,
  type BudgetPeriod,
  type BudgetScope,
  type BudgetSpent,
  type BudgetState,
  budgetScope,
  type NewBudget,
} from '../../../shared/budget';
import { type BudgetId, budgetId, type RunId } from '../../../shared/ids';
import { nano } from '../../../shared/money';
import type { ReadDb, WriteDb } from '../connection';
import { StoreError } from '../errors';
import { statement } from '../statement';

interface Row {
  readonly id: number;
  readonly scope: string;
  readonly scope_id: number | null;
  readonly name: string;
  readonly period: BudgetPeriod;
  readonly limit_nanousd: string;
  readonly warn_percent: number;
  readonly stops: number;
}

/** Those of what is in the trash or was removed do not count; they are back when it is. */
const BUDGETS = `SELECT budget.id, scope, scope_id, period, warn_percent, stops,
    CAST(limit_nanousd AS TEXT) AS limit_nanousd,
    coalesce(conversation.title, preset.name, connection.name, '') AS name
  FROM budget
  LEFT JOIN conversation ON scope = 'conversation' AND conversation.id = scope_id
    AND conversation.deleted_at IS NULL
  LEFT JOIN preset ON scope = 'preset' AND preset.id = scope_id AND preset.deleted_at IS NULL
  LEFT JOIN connection ON scope = 'connection' AND connection.id = scope_id
    AND connection.deleted_at IS NULL
  WHERE budget.deleted_at IS NULL
    AND (scope = 'all' OR coalesce(conversation.id, preset.id, connection.id) IS NOT NULL)
  ORDER BY scope <> 'all', period = 'total', period = 'month', budget.id`;

/**
 * Every budget with what was spent of it: ended runs by their days, those on their way one by one.
 * `today` is the user's; `except` is a run on its way that is not to count.
 */
export function budgetStates(db: ReadDb, today: string, except: RunId | null): BudgetState[] {
  const rows = statement<Row>(db, BUDGETS).all();
  if (rows.length === 0) return [];
  const running = runningRuns(db, except);
  return rows.map((row) => {
    const budget = fromRow(row);
    const [first, last] = daysOf(budget.period, today);
    const ended = endedSpending(db, row.scope, row.scope_id ?? 0, first, last);
    const onTheWay = running.filter((run) => run.day >= first && belongs(run, budget.scope));
    return { budget, spent: { ...ended, running: sumOf(onTheWay) } };
  });
}

/** What was spent in all on each day from `from` on that has spending, the oldest first. */
export function spentByDay(db: ReadDb, from: string): { day: string; spent: bigint }[] {
  return statement<{ day: string; spent: string }>(
    db,
    `SELECT day, CAST(known_nanousd + estimated_nanousd AS TEXT) AS spent FROM budget_day
     WHERE scope = 'all' AND scope_id = 0 AND day >= ? ORDER BY day`,
  )
    .all(from)
    .map(({ day, spent }) => ({ day, spent: BigInt(spent) }));
}

/** Throws `conflict` when there is a budget for the same already. */
export function insertBudget(db: WriteDb, budget: NewBudget, at: number): BudgetId {
  const { scope, period, limit, warnPercent, stops } = budget;
  const { lastInsertRowid } = orConflict(() =>
    statement(
      db,
      `INSERT INTO budget (scope, scope_id, period, limit_nanousd, warn_percent, stops, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ).run(scope.kind, idOf(scope), period, limit, warnPercent, stops ? 1 : 0, at),
  );
  return budgetId.parse(Number(lastInsertRowid));
}

/** Throws `not_found` when there is no such budget, `conflict` when there is another one for the same. */
export function changeBudget(db: WriteDb, id: BudgetId, budget: NewBudget): void {
  const { scope, period, limit, warnPercent, stops } = budget;
  const { changes } = orConflict(() =>
    statement(
      db,
      `UPDATE budget SET scope = ?, scope_id = ?, period = ?, limit_nanousd = ?, warn_percent = ?,
         stops = ? WHERE id = ? AND deleted_at IS NULL`,
    ).run(scope.kind, idOf(scope), period, limit, warnPercent, stops ? 1 : 0, id),
  );
  if (changes === 0) throw notFound(id);
}

/** It can be brought back. Throws `not_found` when there is no such budget. */
export function removeBudget(db: WriteDb, id: BudgetId, at: number): void {
  const { changes } = statement(
    db,
    'UPDATE budget SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL',
  ).run(at, id);
  if (changes === 0) throw notFound(id);
}

/** Throws `not_found` when there is no such budget, `conflict` when another one took its place. */
export function restoreBudget(db: WriteDb, id: BudgetId): void {
  const { changes } = orConflict(() =>
    statement(db, 'UPDATE budget SET deleted_at = NULL WHERE id = ?').run(id),
  );
  if (changes === 0) throw notFound(id);
}

interface RunningRow {
  readonly day: string;
  readonly conversation_id: number | null;
  readonly preset_id: number | null;
  readonly connection_id: number | null;
  readonly low: string | null;
  readonly high: string | null;
}

function runningRuns(db: ReadDb, except: RunId | null): RunningRow[] {
  return statement<RunningRow>(
    db,
    `SELECT day, conversation_id, preset_id, connection_id,
       CAST(estimate_low_nanousd AS TEXT) AS low, CAST(estimate_high_nanousd AS TEXT) AS high
     FROM run WHERE state = 'running' AND is_demo = 0 AND id <> ?`,
  ).all(except ?? 0);
}

function belongs(run: RunningRow, scope: BudgetScope): boolean {
  switch (scope.kind) {
    case 'all':
      return true;
    case 'conversation':
      return run.conversation_id === scope.id;
    case 'preset':
      return run.preset_id === scope.id;
    case 'connection':
      return run.connection_id === scope.id;
  }
}

function sumOf(runs: readonly RunningRow[]): BudgetSpent['running'] {
  let low = 0n;
  let high = 0n;
  let unknown = 0;
  for (const run of runs) {
    if (run.low === null || run.high === null) unknown += 1;
    low += BigInt(run.low ?? '0');
    high += BigInt(run.high ?? '0');
  }
  return { low: nano(low), high: nano(high), count: runs.length, unknown };
}

function endedSpending(db: ReadDb, scope: string, id: number, first: string, last: string) {
  const row = statement<{ known: string; estimated: string; unknown: number }>(
    db,
    `SELECT CAST(coalesce(sum(known_nanousd), 0) AS TEXT) AS known,
       CAST(coalesce(sum(estimated_nanousd), 0) AS TEXT) AS estimated,
       coalesce(sum(unknown_runs), 0) AS unknown
     FROM budget_day WHERE scope = ? AND scope_id = ? AND day BETWEEN ? AND ?`,
  ).get(scope, id, first, last);
  return {
    known: nano(BigInt(row?.known ?? '0')),
    estimated: nano(BigInt(row?.estimated ?? '0')),
    unknown: row?.unknown ?? 0,
  };
}

/**
 * The first and the last day that count; every day does for a budget without a period. Days to come are
 * there when the clock was set back.
 */
function daysOf(period: BudgetPeriod, today: string): readonly [first: string, last: string] {
  switch (period) {
    case 'day':
      return [today, today];
    case 'month':
      return [`${today.slice(0, 8)}01`, `${today.slice(0, 8)}31`];
    case 'total':
      return ['', '9999-12-31'];
  }
}

function fromRow(row: Row): Budget {
  return {
    id: budgetId.parse(row.id),
    scope: budgetScope.parse({ kind: row.scope, id: row.scope_id }),
    name: row.name,
    period: row.period,
    limit: nano(BigInt(row.limit_nanousd)),
    warnPercent: row.warn_percent,
    stops: row.stops === 1,
  };
}

function idOf(scope: BudgetScope): number | null {
  return scope.kind === 'all' ? null : scope.id;
}

function orConflict<Result>(act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_UNIQUE') {
      throw new StoreError('conflict', 'there is a budget for this already', { cause: error });
    }
    throw error;
  }
}

function notFound(id: BudgetId): StoreError {
  return new StoreError('not_found', `there is no budget ${id}`);
}
