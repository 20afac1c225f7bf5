import type { ChatSettings } from '../../../shared/chat-settings';
import type { Conversation, ConversationSummary } from '../../../shared/contract/conversation';
import {
  type ConnectionId,
  type ConversationId,
  connectionId,
  conversationId,
  type MessageId,
  messageId,
} from '../../../shared/ids';
import { nano } from '../../../shared/money';
import type { ReadDb, WriteDb } from '../connection';
import { StoreError } from '../errors';
import { statement } from '../statement';
import { getDraft } from './drafts';
import { settingsOf } from './json-columns';
import { branchTo } from './messages';

interface Row {
  readonly id: number;
  readonly title: string;
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

interface WholeRow extends Row {
  readonly connection_id: number | null;
  readonly model: string | null;
  readonly settings: string;
  readonly active_leaf_id: number | null;
}

const COLUMNS = `id, title, updated_at, pinned_at, is_demo, unread, runs, running, unknown_runs,
  CAST(cost_nanousd AS TEXT) AS cost, CAST(estimated_nanousd AS TEXT) AS estimated`;

const LISTED = 'deleted_at IS NULL AND archived_at IS NULL';

/** One page of the list: the pinned ones first, then the others, the last used first. */
export function listConversations(
  db: ReadDb,
  offset: number,
  limit: number,
): { items: ConversationSummary[]; count: number } {
  const pinned = statement<Row>(
    db,
    `SELECT ${COLUMNS} FROM conversation WHERE ${LISTED} AND pinned_at IS NOT NULL ORDER BY pinned_at`,
  ).all();
  const rest = statement<{ count: number }>(
    db,
    `SELECT count(*) AS count FROM conversation WHERE ${LISTED} AND pinned_at IS NULL`,
  ).get();
  const fromPinned = pinned.slice(offset, offset + limit);
  const others = statement<Row>(
    db,
    `SELECT ${COLUMNS} FROM conversation WHERE ${LISTED} AND pinned_at IS NULL
     ORDER BY updated_at DESC, id DESC LIMIT ? OFFSET ?`,
  ).all(limit - fromPinned.length, Math.max(0, offset - pinned.length));
  return {
    items: [...fromPinned, ...others].map(summaryOf),
    count: pinned.length + (rest?.count ?? 0),
  };
}

/** A conversation with its active branch. Throws `not_found`, also for one in the trash. */
export function getConversation(db: ReadDb, id: ConversationId): Conversation {
  const row = statement<WholeRow>(
    db,
    `SELECT ${COLUMNS}, connection_id, model, settings, active_leaf_id FROM conversation
     WHERE id = ? AND deleted_at IS NULL`,
  ).get(id);
  if (!row) throw new StoreError('not_found', `there is no conversation ${id}`);
  return {
    ...summaryOf(row),
    connectionId: row.connection_id === null ? null : connectionId.parse(row.connection_id),
    model: row.model,
    settings: settingsOf(row.settings),
    messages: row.active_leaf_id === null ? [] : branchTo(db, messageId.parse(row.active_leaf_id)),
    draft: getDraft(db, id),
  };
}

export function renameConversation(db: WriteDb, id: ConversationId, title: string): void {
  change(db, id, "UPDATE conversation SET title = ?, title_source = 'user' WHERE id = ?", title);
}

/** Moves a conversation to the trash; what it cost stays in every total. */
export function removeConversation(db: WriteDb, id: ConversationId, at: number): void {
  change(db, id, 'UPDATE conversation SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL', at);
}

export function restoreConversation(db: WriteDb, id: ConversationId): void {
  change(db, id, 'UPDATE conversation SET deleted_at = NULL WHERE id = ?');
}

export function pinConversation(db: WriteDb, id: ConversationId, at: number | null): void {
  change(db, id, 'UPDATE conversation SET pinned_at = ? WHERE id = ?', at);
}

export function chooseModel(
  db: WriteDb,
  id: ConversationId,
  connection: ConnectionId,
  model: string,
): void {
  change(
    db,
    id,
    'UPDATE conversation SET connection_id = ?, model = ? WHERE id = ?',
    connection,
    model,
  );
}

/** What the next message of a conversation is sent with. */
export function changeConversationSettings(
  db: WriteDb,
  id: ConversationId,
  settings: ChatSettings,
): void {
  change(db, id, 'UPDATE conversation SET settings = ? WHERE id = ?', JSON.stringify(settings));
}

export function markRead(db: WriteDb, id: ConversationId): void {
  statement(db, 'UPDATE conversation SET unread = 0 WHERE id = ? AND unread = 1').run(id);
}

/** Makes the branch through `through` the active one, down to its newest leaf. */
export function selectBranch(db: WriteDb, id: ConversationId, through: MessageId): void {
  const leaf = statement<{ id: number }>(
    db,
    `WITH RECURSIVE down (id) AS (
       SELECT id FROM message WHERE id = ? AND conversation_id = ? AND deleted_at IS NULL
       UNION ALL
       SELECT (SELECT max(child.id) FROM message AS child
         WHERE child.conversation_id = ? AND child.parent_id = down.id AND child.deleted_at IS NULL)
       FROM down WHERE down.id IS NOT NULL)
     SELECT max(id) AS id FROM down`,
  ).get(through, id, id);
  if (!leaf?.id) throw new StoreError('not_found', `there is no message ${through} in ${id}`);
  change(db, id, 'UPDATE conversation SET active_leaf_id = ? WHERE id = ?', leaf.id);
}

function change(db: WriteDb, id: ConversationId, sql: string, ...values: unknown[]): void {
  const { changes } = statement(db, sql).run(...values, id);
  if (changes === 0) throw new StoreError('not_found', `there is no conversation ${id}`);
}

function summaryOf(row: Row): ConversationSummary {
  return {
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
  };
}
