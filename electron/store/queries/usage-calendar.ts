import { z } from 'zod';
import { localDay } from '../../../shared/local-day';
import type { WriteDb } from '../connection';
import { statement } from '../statement';
import { jsonOf } from './json-columns';
import { getSetting, saveSetting } from './settings';
import { countRun, endedRuns } from './usage';
import { UsageChange } from './usage-sums';

/** The time zone that every row's day is in, unless a move is going on. */
const CALENDAR = 'calendar';

/** How far a move has come. While it is there, the days of ended rows may change. */
const MOVE = 'calendar_move';

const move = z.object({ zone: z.string(), after: z.number().int().nonnegative() }).nullable();

/** So many rows are looked at together, and about so long at a time: a checkpoint must not wait. */
const SLICE = { rows: 250, ms: 25 };

/**
 * Gives the next rows of the ledger their day in a time zone, and the sums with them. To be called until it
 * is done; a move that was broken off goes on where it was, and one to another zone begins anew.
 */
export function moveCalendar(
  db: WriteDb,
  timeZone: string,
  { rows, ms } = SLICE,
): { done: boolean; moved: number } {
  const until = performance.now() + ms;
  return db
    .transaction(() => {
      let after = begin(db, timeZone);
      let moved = 0;
      while (after !== null) {
        const next = moveRows(db, timeZone, after, rows);
        moved += next.moved;
        after = next.after;
        if (performance.now() >= until) break;
      }
      if (after !== null) saveSetting(db, MOVE, JSON.stringify({ zone: timeZone, after }));
      return { done: after === null, moved };
    })
    .immediate();
}

/** The last row that is done; null when all are. */
function begin(db: WriteDb, timeZone: string): number | null {
  const going = jsonOf(getSetting(db, MOVE) ?? 'null', move, null);
  if (!going && getSetting(db, CALENDAR) === timeZone) return null;
  const after = going?.zone === timeZone ? going.after : 0;
  saveSetting(db, MOVE, JSON.stringify({ zone: timeZone, after }));
  return after;
}

function moveRows(
  db: WriteDb,
  timeZone: string,
  after: number,
  limit: number,
): { after: number | null; moved: number } {
  const rows = statement<{ id: number; started_at: number; day: string }>(
    db,
    'SELECT id, started_at, day FROM run WHERE id > ? ORDER BY id LIMIT ?',
  ).all(after, limit);
  const last = rows.at(-1);
  if (!last) {
    saveSetting(db, CALENDAR, timeZone);
    statement(db, 'DELETE FROM setting WHERE key = ?').run(MOVE);
    return { after: null, moved: 0 };
  }
  const changed = rows.flatMap(({ id, started_at, day }) => {
    const to = localDay(started_at, timeZone);
    return to === day ? [] : [{ id, to }];
  });
  const ids = changed.map(({ id }) => id);
  const change = new UsageChange();
  for (const run of endedRuns(db, ids)) countRun(change, run, -1);
  const set = statement(db, 'UPDATE run SET day = ? WHERE id = ?');
  for (const { id, to } of changed) set.run(to, id);
  for (const run of endedRuns(db, ids)) countRun(change, run, 1);
  change.write(db);
  return { after: last.id, moved: changed.length };
}
