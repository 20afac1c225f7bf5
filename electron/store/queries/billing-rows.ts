import type { SpendingFilter } from '../../../shared/contract/spending';
import { connectionId } from '../../../shared/ids';
import { startOfDay } from '../../../shared/local-day';
import { addDays } from '../../../shared/spending-period';
import type { ReadDb } from '../connection';
import { statement } from '../statement';
import { ownApps } from './billing-match';
import type { Calendar } from './spending-report';
import type { UsageRows, UsageValue } from './usage-rows';

/** What the ledger said of a run before the bill did. */
const LEDGER_COST = 'iif(before_source IS NULL, run.cost_nanousd, before_nanousd)';

/** What a line of the comparison is made of, by name. Amounts are text, as everywhere outside SQLite. */
const BILLED_FIELDS = {
  entry: 'billing_record.remote_id',
  at: 'billing_record.at',
  connection: 'connection.name',
  outcome: `CASE
    WHEN match_import_id IS NULL THEN iif(own.app IS NULL, 'other_program', 'unmatched')
    WHEN run.id IS NULL OR billing_record.cost_nanousd IS NULL THEN 'matched'
    WHEN before_source IS NOT NULL THEN 'filled'
    WHEN run.cost_nanousd <> billing_record.cost_nanousd THEN 'differs'
    ELSE 'same' END`,
  confidence: 'billing_record.confidence',
  app: 'billing_record.app',
  route: 'billing_record.route',
  provider: 'billing_record.provider',
  prompt_tokens: 'billing_record.prompt_tokens',
  completion_tokens: 'billing_record.completion_tokens',
  cost: 'CAST(billing_record.cost_nanousd AS TEXT)',
  ledger_cost: `CAST(${LEDGER_COST} AS TEXT)`,
  ledger_source: 'coalesce(before_source, run.cost_source)',
  difference: `CAST(billing_record.cost_nanousd - ${LEDGER_COST} AS TEXT)`,
  run: 'run.uid',
} as const;
export type BilledField = keyof typeof BILLED_FIELDS;

/** The fields in the order in which a row has them. */
export const BILLED_FIELD_NAMES = Object.keys(BILLED_FIELDS) as BilledField[];

/**
 * Every entry of the bills that were imported in the days of a filter, the oldest first, beside what the
 * ledger says. What else a filter narrows down is of runs, and entries need not have one.
 */
export function billedRows(db: ReadDb, filter: SpendingFilter, { timeZone }: Calendar): UsageRows {
  const from = filter.from === null ? 0 : startOfDay(filter.from, timeZone);
  const to =
    filter.to === null ? Number.MAX_SAFE_INTEGER : startOfDay(addDays(filter.to, 1), timeZone);
  const sql = `FROM billing_record JOIN connection ON connection.id = billing_record.connection_id
    LEFT JOIN run ON run.id = billing_record.run_id
    LEFT JOIN (SELECT value ->> 0 AS connection_id, value ->> 1 AS name, 1 AS app FROM json_each(?)) AS own
      ON own.connection_id = billing_record.connection_id AND own.name IS billing_record.app
    WHERE connection.is_demo = ? AND billing_record.at >= ? AND billing_record.at < ?`;
  const values = [ownNames(db), filter.demo ? 1 : 0, from, to];
  const counted = statement<{ count: number }>(db, `SELECT count(*) AS count ${sql}`).get(
    ...values,
  );
  const rows = db
    .prepare<unknown[], UsageValue[]>(
      `SELECT ${Object.values(BILLED_FIELDS).join(', ')} ${sql}
       ORDER BY billing_record.at, billing_record.id`,
    )
    .raw()
    .iterate(...values);
  return { count: counted?.count ?? 0, rows };
}

/** The names under which each connection's own runs are billed, as JSON pairs. */
function ownNames(db: ReadDb): string {
  const ids = statement<{ id: number }>(
    db,
    'SELECT DISTINCT connection_id AS id FROM billing_record',
  ).all();
  const pairs = ids.flatMap(({ id }) =>
    ownApps(db, connectionId.parse(id)).map((app) => [id, app]),
  );
  return JSON.stringify(pairs);
}
