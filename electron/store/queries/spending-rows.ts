import type {
  RowOrder,
  SpendingFilter,
  SpendingRow,
  Waste,
} from '../../../shared/contract/spending';
import { conversationId, messageId } from '../../../shared/ids';
import type { ReadDb } from '../connection';
import { statement } from '../statement';
import { ledgerCondition, WASTED_ROWS } from './ledger-filter';
import { RUN_COLUMNS, type RunRow, runFromRow } from './runs';
import type { Condition } from './search-terms';
import { type Calendar, rangeOf } from './spending-report';

interface Row extends RunRow {
  readonly day: string;
  readonly routing: string | null;
  readonly title: string;
  readonly open_conversation: number | null;
  readonly open_message: number | null;
  readonly waste: Waste | null;
}

/** What the rows are put in order by. Rows without a figure are below those with one. */
const ORDERS: Readonly<Record<RowOrder, string>> = {
  time: 'run.started_at',
  cost: 'coalesce(run.cost_nanousd, -1)',
  totalMs: 'coalesce(run.total_ms, -1)',
  tokens: 'coalesce(run.prompt_tokens, 0) + coalesce(run.completion_tokens, 0)',
};

/** Which of the rows, in which order. `hour`: only those that began in the hour from then on, in ms. */
export interface RowsPage {
  readonly offset: number;
  readonly limit: number;
  readonly sort: RowOrder;
  readonly descending: boolean;
  readonly hour: number | null;
}

const HOUR_MS = 3_600_000;

/** One page of the rows that a filter means, and how many there are. */
export function spendingRows(
  db: ReadDb,
  filter: SpendingFilter,
  page: RowsPage,
  calendar: Calendar,
): { rows: SpendingRow[]; count: number } {
  const { sql, values } = within(ledgerCondition(filter, rangeOf(db, filter, calendar)), page.hour);
  const direction = page.descending ? 'DESC' : 'ASC';
  const order = `${ORDERS[page.sort]} ${direction}, run.id ${direction}`;
  const count = statement<{ count: number }>(
    db,
    `SELECT count(*) AS count FROM run WHERE ${sql}`,
  ).get(...values);
  const rows = statement<Row>(
    db,
    `WITH RECURSIVE ${WASTED_ROWS}
     SELECT ${RUN_COLUMNS}, run.day, run.routing, wasted.waste,
       coalesce(conversation.title, run.conversation_title) AS title,
       conversation.id AS open_conversation, message.id AS open_message
     FROM (SELECT id AS wanted FROM run WHERE ${sql} ORDER BY ${order} LIMIT ? OFFSET ?)
     JOIN run ON run.id = wanted
     LEFT JOIN wasted ON wasted.run_id = run.id
     LEFT JOIN conversation ON conversation.id = run.conversation_id AND conversation.deleted_at IS NULL
     LEFT JOIN message ON message.id = run.message_id AND message.deleted_at IS NULL
       AND conversation.id IS NOT NULL
     ORDER BY ${order}`,
  ).all(...values, page.limit, page.offset);
  return { rows: rows.map(rowOf), count: count?.count ?? 0 };
}

function within(condition: Condition, hour: number | null): Condition {
  if (hour === null) return condition;
  return {
    sql: `${condition.sql} AND run.started_at >= ? AND run.started_at < ?`,
    values: [...condition.values, hour, hour + HOUR_MS],
  };
}

function rowOf(row: Row): SpendingRow {
  return {
    run: runFromRow(row),
    day: row.day,
    routing: row.routing,
    conversationTitle: row.title,
    conversationId:
      row.open_conversation === null ? null : conversationId.parse(row.open_conversation),
    messageId: row.open_message === null ? null : messageId.parse(row.open_message),
    waste: row.waste,
  };
}
