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

/** Ended rows are looked up in their days, which are few; those on their way are not there yet. */
function extentOf(db: ReadDb, demo: 0 | 1): SpendingExtent['real'] {
  const ends = statement<Ends>(
    db,
    `SELECT min(day) AS first, max(day) AS last FROM usage_day WHERE is_demo = ?
     UNION ALL
     SELECT min(day), max(day) FROM run WHERE state = 'running' AND is_demo = ?`,
  ).all(demo, demo);
  const days = ends.flatMap(({ first, last }) => [first, last]).filter((day) => day !== null);
  const [first] = days.toSorted();
  const last = days.toSorted().at(-1);
  return first === undefined || last === undefined ? null : { first, last };
}
