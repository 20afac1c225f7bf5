import type { RoutingFigures, SpendingFilter } from '../../../shared/contract/spending';
import { nano } from '../../../shared/money';
import type { ReadDb } from '../connection';
import { statement } from '../statement';
import { latenciesOf, percentilesOf } from './latencies';
import { ledgerRows } from './ledger-filter';
import { type Calendar, rangeOf, topGroups, totalOf } from './spending-report';

/** How each value of the routing parameter did, the most costly first. */
export function routingFigures(
  db: ReadDb,
  filter: SpendingFilter,
  calendar: Calendar,
): RoutingFigures[] {
  const rows = ledgerRows(filter, rangeOf(db, filter, calendar), 'routing');
  const complete = { ...rows, sql: `${rows.sql} AND run.state = 'complete'` };
  const { groups } = topGroups(db, rows, Number.MAX_SAFE_INTEGER);
  const answers = new Map(
    statement<{ key: string; answers: number; cost: string; priced: number }>(
      db,
      `SELECT ${complete.key} AS key, count(*) AS answers, count(cost_nanousd) AS priced,
         CAST(coalesce(sum(cost_nanousd), 0) AS TEXT) AS cost ${complete.sql} GROUP BY 1`,
    )
      .all(...complete.values)
      .map((row) => [row.key, row]),
  );
  const took = latenciesOf(db, complete, [...answers.keys()]);
  return groups.map((group) => {
    const found = answers.get(group.key);
    const times = took.by.get(group.key);
    return {
      routing: group.key,
      total: totalOf(group),
      answers: found?.answers ?? 0,
      costPerAnswer: found && found.priced > 0 ? average(BigInt(found.cost), found.priced) : null,
      totalMs: times ? percentilesOf(times.total) : null,
      firstTokenMs: times ? percentilesOf(times.first) : null,
    };
  });
}

/** Rounded half up to the nano-dollar. */
function average(cost: bigint, answers: number) {
  const count = BigInt(answers);
  return nano((cost * 2n + count) / (count * 2n));
}
