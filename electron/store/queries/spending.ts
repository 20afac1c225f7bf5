import type { RunId } from '../../../shared/ids';
import { nano, type Total } from '../../../shared/money';
import type { ReadDb, WriteDb } from '../connection';
import { statement } from '../statement';
import { countRun, endedRuns } from './usage';
import { UsageChange } from './usage-sums';

/** Adds an ended run to every sum that it is part of. Called once, in the transaction that ends it. */
export function countInDay(db: WriteDb, id: RunId): void {
  count(db, id, 1);
}

/**
 * Takes an ended run out of every sum, so that what it cost can be changed: taken out, changed and counted
 * again in one transaction. The totals of its conversation are not touched.
 */
export function uncountInDay(db: WriteDb, id: RunId): void {
  count(db, id, -1);
}

function count(db: WriteDb, id: RunId, times: 1 | -1): void {
  const change = new UsageChange();
  for (const run of endedRuns(db, [id])) countRun(change, run, times);
  change.write(db);
}

interface SumRow {
  readonly known: string;
  readonly estimated: string;
  readonly unknown: number;
  readonly runs: number;
}

/** The sum of all days from `from` to `to`, both included, as `YYYY-MM-DD`. */
export function spendingBetween(db: ReadDb, from: string, to: string, demo: boolean): Total {
  const row = statement<SumRow>(
    db,
    `SELECT CAST(coalesce(sum(known_nanousd), 0) AS TEXT) AS known,
       CAST(coalesce(sum(estimated_nanousd), 0) AS TEXT) AS estimated,
       coalesce(sum(unknown), 0) AS unknown, coalesce(sum(runs), 0) AS runs
     FROM usage_group
     WHERE grouping = 'state' AND size = 'day' AND period BETWEEN ? AND ? AND is_demo = ?`,
  ).get(from, to, demo ? 1 : 0);
  const running = statement<{ count: number }>(
    db,
    "SELECT count(*) AS count FROM run WHERE state = 'running' AND day BETWEEN ? AND ? AND is_demo = ?",
  ).get(from, to, demo ? 1 : 0);
  return {
    known: nano(BigInt(row?.known ?? '0')),
    estimated: nano(BigInt(row?.estimated ?? '0')),
    unknown: row?.unknown ?? 0,
    runs: (row?.runs ?? 0) + (running?.count ?? 0),
    running: running?.count ?? 0,
  };
}
