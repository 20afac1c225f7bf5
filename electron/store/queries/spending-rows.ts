import type {
  RowOrder,
  SpendingFilter,
  SpendingRow,
  Waste,
} from '../../../shared/contract/spending';
import { conversationId, messageId } from '../../../shared/ids';
import type { RunPurpose } from '../../../shared/run-purpose';
import type { DayRange } from '../../../shared/spending-period';
import type { ReadDb } from '../connection';
import { statement } from '../statement';
import { ledgerCondition, namedKeys } from './ledger-filter';
import { RUN_COLUMNS, type RunRow, runFromRow } from './runs';
import type { Condition } from './search-terms';
import { sumOf } from './spending-figures';
import { type Calendar, rangeOf } from './spending-report';
import { sourceOf } from './spending-source';

interface Row extends RunRow {
  readonly purpose: RunPurpose;
  readonly day: string;
  readonly routing: string | null;
  readonly title: string;
  readonly is_trash: number;
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
  const range = rangeOf(db, filter, calendar);
  const condition = within(ledgerCondition(filter, range), page.hour);
  const { sql, values } = condition;
  const count = page.hour === null ? countOf(db, filter, range) : countIn(db, condition);
  const index = indexFor(db, filter, page, count, calendar);
  const direction = page.descending ? 'DESC' : 'ASC';
  const order = `${ORDERS[page.sort]} ${direction}, run.id ${direction}`;
  const rows = statement<Row>(
    db,
    `SELECT ${RUN_COLUMNS}, run.purpose, run.day, run.routing, run.waste,
       coalesce(conversation.title, run.conversation_title) AS title,
       conversation.shelf IS 'trash' AS is_trash,
       conversation.id AS open_conversation, message.id AS open_message
     FROM (SELECT run.id AS wanted FROM run ${index} WHERE ${sql} ORDER BY ${order} LIMIT ? OFFSET ?)
     JOIN run ON run.id = wanted
     LEFT JOIN conversation ON conversation.id = run.conversation_id
     LEFT JOIN message ON message.id = run.message_id AND message.deleted_at IS NULL
     ORDER BY ${order}`,
  ).all(...values, page.limit, page.offset);
  return { rows: rows.map(rowOf), count };
}

/**
 * The rows can be read in their order until the page is full, or all of those days and then put in order.
 * How many fit says which ends sooner; conversations and what was wasted have indexes of their own.
 */
function indexFor(
  db: ReadDb,
  filter: SpendingFilter,
  page: RowsPage,
  count: number,
  calendar: Calendar,
): string {
  if (filter.waste || filter.only.conversation || filter.only.tag) return '';
  if (page.sort === 'time' || page.hour !== null) return 'INDEXED BY run_by_time';
  const everything = { demo: filter.demo, only: {} };
  const size = (days: Pick<SpendingFilter, 'from' | 'to'>) => {
    const all = { ...everything, ...days };
    return countOf(db, all, rangeOf(db, all, calendar));
  };
  const untilFull = (size({ from: null, to: null }) * (page.offset + page.limit)) / (count + 1);
  return untilFull < size(filter) ? INDEXES[page.sort] : 'INDEXED BY run_by_time';
}

const INDEXES: Readonly<Record<Exclude<RowOrder, 'time'>, string>> = {
  cost: 'INDEXED BY run_by_cost',
  totalMs: 'INDEXED BY run_by_duration',
  tokens: 'INDEXED BY run_by_tokens',
};

/** Grouped as they are narrowed, the sums of the days can tell. */
function countOf(db: ReadDb, filter: SpendingFilter, range: DayRange): number {
  const groupBy = namedKeys(filter.only)[0]?.[0] ?? 'state';
  return sumOf(db, sourceOf(filter, groupBy, false).whole(range, 'month')).runs;
}

function countIn(db: ReadDb, { sql, values }: Condition): number {
  const row = statement<{ count: number }>(db, `SELECT count(*) AS count FROM run WHERE ${sql}`);
  return row.get(...values)?.count ?? 0;
}

function within(condition: Condition, hour: number | null): Condition {
  if (hour === null) return condition;
  return {
    sql: `${condition.sql} AND run.started_at >= ? AND run.started_at < ?`,
    values: [...condition.values, hour, hour + HOUR_MS],
  };
}

function rowOf(row: Row): SpendingRow {
  const isGone = row.is_trash === 1 || row.open_conversation === null;
  return {
    run: runFromRow(row),
    purpose: row.purpose,
    day: row.day,
    routing: row.routing,
    conversationTitle: row.title,
    conversationId: isGone ? null : conversationId.parse(row.open_conversation),
    messageId: isGone || row.open_message === null ? null : messageId.parse(row.open_message),
    waste: row.is_trash === 1 && row.state !== 'running' ? 'deleted' : row.waste,
  };
}
