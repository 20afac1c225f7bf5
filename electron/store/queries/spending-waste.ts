import type { SpendingFilter, Waste, WastedSpending } from '../../../shared/contract/spending';
import { nano, type Total, ZERO_USD } from '../../../shared/money';
import type { ReadDb } from '../connection';
import { statement } from '../statement';
import { ledgerCondition, WASTED_ROWS } from './ledger-filter';
import { type Calendar, rangeOf } from './spending-report';

interface Row {
  readonly waste: Waste;
  readonly known: string;
  readonly estimated: string;
  readonly unknown: number;
  readonly runs: number;
}

const NOTHING: Total = { known: ZERO_USD, estimated: ZERO_USD, unknown: 0, running: 0, runs: 0 };

/** What was spent for nothing, each row in one class at most. */
export function wastedSpending(
  db: ReadDb,
  filter: SpendingFilter,
  calendar: Calendar,
): WastedSpending {
  const { sql, values } = ledgerCondition(filter, rangeOf(db, filter, calendar));
  const rows = statement<Row>(
    db,
    `WITH RECURSIVE ${WASTED_ROWS}
     SELECT waste,
       CAST(coalesce(sum(cost_nanousd) FILTER (WHERE cost_source <> 'estimated'), 0) AS TEXT) AS known,
       CAST(coalesce(sum(cost_nanousd) FILTER (WHERE cost_source = 'estimated'), 0) AS TEXT) AS estimated,
       count(*) FILTER (WHERE cost_source = 'unknown') AS unknown, count(*) AS runs
     FROM run JOIN wasted ON wasted.run_id = run.id
     WHERE waste IS NOT NULL AND ${sql} GROUP BY waste`,
  ).all(...values);
  const totals = new Map(
    rows.map(({ waste, known, estimated, unknown, runs }): [Waste, Total] => [
      waste,
      { known: nano(BigInt(known)), estimated: nano(BigInt(estimated)), unknown, running: 0, runs },
    ]),
  );
  const totalOf = (waste: Waste) => totals.get(waste) ?? NOTHING;
  return {
    replaced: totalOf('replaced'),
    stopped: totalOf('stopped'),
    failed: totalOf('failed'),
    deleted: totalOf('deleted'),
  };
}
