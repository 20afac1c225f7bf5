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

/** Each is the order of an index that begins with the shelf. */
const ORDERS: Readonly<Record<ConversationOrder, string>> = {
  used: 'updated_at DESC, id DESC',
  title: 'title COLLATE NOCASE, id',
  cost: 'cost_nanousd + estimated_nanousd DESC, id DESC',
};

/** One page of a place: in the list the pinned ones first, in the order they were pinned. */
export function listConversations(
  db: ReadDb,
  offset: number,
  limit: number,
  { place = 'list', tag = null, order = 'used' }: ListChoice = {},
): { items: ConversationSummary[]; count: number } {
  const tagged =
    tag === null ? '' : 'AND id IN (SELECT conversation_id FROM conversation_tag WHERE key = ?)';
  const key = tag === null ? [] : [tagKey(tag)];
  const page = (shelf: SummaryRow['shelf'], by: string, take: number, skip: number) =>
    // What is skipped is skipped in the index alone.
    statement<SummaryRow>(
      db,
      `SELECT ${SUMMARY_COLUMNS} FROM conversation JOIN (
         SELECT id AS wanted FROM conversation WHERE shelf = ? ${tagged}
         ORDER BY ${by} LIMIT ? OFFSET ?) ON id = wanted ORDER BY ${by}`,
    ).all(shelf, ...key, take, skip);
  const countOf = (shelf: SummaryRow['shelf']) =>
    statement<{ count: number }>(
      db,
      `SELECT count(*) AS count FROM conversation WHERE shelf = ? ${tagged}`,
    ).get(shelf, ...key)?.count ?? 0;

  const pinned = place === 'list' ? countOf('pinned') : 0;
  const first = offset < pinned ? page('pinned', 'pinned_at, id', limit, offset) : [];
  const others = page(place, ORDERS[order], limit - first.length, Math.max(0, offset - pinned));
  return { items: summariesOf(db, [...first, ...others]), count: pinned + countOf(place) };
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
