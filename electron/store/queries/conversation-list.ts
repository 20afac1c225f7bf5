import type {
  ConversationOrder,
  ConversationSummary,
  Place,
} from '../../../shared/contract/conversation';
import { conversationId } from '../../../shared/ids';
import { nano } from '../../../shared/money';
import type { ReadDb } from '../connection';
import { statement } from '../statement';
import { tagKey, tagsOf } from './tags';

export interface SummaryRow {
  readonly id: number;
  readonly title: string;
  readonly shelf: Place | 'pinned';
  readonly updated_at: number;
  readonly pinned_at: number | null;
  readonly is_demo: number;
  readonly unread: number;
  readonly runs: number;
  readonly running: number;
  readonly unknown_runs: number;
  /** Money leaves SQLite as text: a JavaScript number could not hold every amount. */
  readonly cost: string;
  readonly estimated: string;
}

export const SUMMARY_COLUMNS = `id, title, shelf, updated_at, pinned_at, is_demo, unread, runs, running,
  unknown_runs, CAST(cost_nanousd AS TEXT) AS cost, CAST(estimated_nanousd AS TEXT) AS estimated`;

/** Which conversations a list has, and in which order. */
export interface ListChoice {
  readonly place?: Place;
  /** Only those with this tag; null for all. */
  readonly tag?: string | null;
  readonly order?: ConversationOrder;
}

type Shelf = SummaryRow['shelf'];

/** An order and its reverse. Each is that of an index that begins with the shelf. */
interface Order {
  readonly forward: string;
  readonly backward: string;
}

const PINNED: Order = { forward: 'pinned_at, id', backward: 'pinned_at DESC, id DESC' };
const ORDERS: Readonly<Record<ConversationOrder, Order>> = {
  used: { forward: 'updated_at DESC, id DESC', backward: 'updated_at, id' },
  title: {
    forward: 'title COLLATE NOCASE, id',
    backward: 'title COLLATE NOCASE DESC, id DESC',
  },
  cost: {
    forward: 'cost_nanousd + estimated_nanousd DESC, id DESC',
    backward: 'cost_nanousd + estimated_nanousd, id',
  },
};

/** One page of a place: in the list the pinned ones first, in the order they were pinned. */
export function listConversations(
  db: ReadDb,
  offset: number,
  limit: number,
  { place = 'list', tag = null, order = 'used' }: ListChoice = {},
): { items: ConversationSummary[]; count: number } {
  const key = tag === null ? null : tagKey(tag);
  const pinned = place === 'list' ? sizeOf(db, 'pinned', key) : 0;
  const others = sizeOf(db, place, key);
  const first = pageOf(db, 'pinned', key, PINNED, { offset, limit, count: pinned });
  const rest = pageOf(db, place, key, ORDERS[order], {
    offset: Math.max(0, offset - pinned),
    limit: limit - first.length,
    count: others,
  });
  return { items: summariesOf(db, [...first, ...rest]), count: pinned + others };
}

const TAGGED = 'id IN (SELECT conversation_id FROM conversation_tag WHERE key = ?)';

function sizeOf(db: ReadDb, shelf: Shelf, key: string | null): number {
  const row =
    key === null
      ? statement<{ count: number }>(
          db,
          'SELECT conversations AS count FROM shelf WHERE name = ?',
        ).get(shelf)
      : statement<{ count: number }>(
          db,
          `SELECT count(*) AS count FROM conversation WHERE shelf = ? AND ${TAGGED}`,
        ).get(shelf, key);
  return row?.count ?? 0;
}

/** A stretch of a shelf, read from the end that is nearer: what is skipped costs its time, too. */
function pageOf(
  db: ReadDb,
  shelf: Shelf,
  key: string | null,
  { forward, backward }: Order,
  { offset, limit, count }: { offset: number; limit: number; count: number },
): SummaryRow[] {
  const take = Math.min(limit, count - offset);
  if (take <= 0) return [];
  const skip = Math.min(offset, count - offset - take);
  const by = skip === offset ? forward : backward;
  return statement<SummaryRow>(
    db,
    `SELECT ${SUMMARY_COLUMNS} FROM conversation JOIN (
       SELECT id AS wanted FROM conversation WHERE shelf = ? ${key === null ? '' : `AND ${TAGGED}`}
       ORDER BY ${by} LIMIT ? OFFSET ?) ON id = wanted ORDER BY ${forward}`,
  ).all(shelf, ...(key === null ? [] : [key]), take, skip);
}

/** Rows as the page gets them, with their tags. */
export function summariesOf(db: ReadDb, rows: readonly SummaryRow[]): ConversationSummary[] {
  const tags = tagsOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: conversationId.parse(row.id),
    title: row.title,
    updatedAt: row.updated_at,
    pinned: row.pinned_at !== null,
    isDemo: row.is_demo === 1,
    unread: row.unread === 1,
    total: {
      known: nano(BigInt(row.cost)),
      estimated: nano(BigInt(row.estimated)),
      unknown: row.unknown_runs,
      running: row.running,
      runs: row.runs,
    },
    tags: tags.get(row.id) ?? [],
    place: row.shelf === 'pinned' ? 'list' : row.shelf,
  }));
}
