import type { SpendingExtent } from '../../../shared/contract/spending';
import type { ReadDb } from '../connection';
import { statement } from '../statement';

/** From when to when there are rows of the ledger, real ones and those of the demo. */
export function spendingExtent(db: ReadDb): SpendingExtent {
  return { real: extentOf(db, 0), demo: extentOf(db, 1) };
}

interface Ends {
  readonly first: string | null;
  readonly last: string | null;
}

/** Those of the ended rows are the ends of an index of sums; of those on their way there are a few. */
export function extentOf(db: ReadDb, demo: 0 | 1): SpendingExtent['real'] {
  const ended = `FROM usage_group WHERE grouping = 'state' AND is_demo = ? AND size = 'day'`;
  const ends = statement<Ends>(
    db,
    `SELECT (SELECT min(period) ${ended}) AS first, (SELECT max(period) ${ended}) AS last
     UNION ALL
     SELECT min(day), max(day) FROM run INDEXED BY run_running
     WHERE state = 'running' AND is_demo = ?`,
  ).all(demo, demo, demo);
  const days = ends.flatMap(({ first, last }) => [first, last]).filter((day) => day !== null);
  const [first] = days.toSorted();
  const last = days.toSorted().at(-1);
  return first === undefined || last === undefined ? null : { first, last };
}
