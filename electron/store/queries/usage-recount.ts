import type { WriteDb } from '../connection';
import { countRun, endedRuns } from './usage';
import { UsageChange } from './usage-sums';

/** So many rows are looked at together. */
const ROWS = 1_000;

/** Makes the sums of the whole ledger anew. */
export function recountUsage(db: WriteDb): void {
  db.exec('DELETE FROM usage_day; DELETE FROM usage_group;');
  const next = db
    .prepare<[number, number], number>('SELECT id FROM run WHERE id > ? ORDER BY id LIMIT ?')
    .pluck();
  for (let ids = next.all(0, ROWS); ids.length > 0; ids = next.all(ids.at(-1) ?? 0, ROWS)) {
    const change = new UsageChange();
    for (const run of endedRuns(db, ids)) countRun(change, run, 1);
    change.write(db);
  }
}
