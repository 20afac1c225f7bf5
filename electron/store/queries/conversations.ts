import type { ChatSettings } from '../../../shared/chat-settings';
import type { Conversation } from '../../../shared/contract/conversation';
import {
  type ConnectionId,
  type ConversationId,
  connectionId,
  type MessageId,
  messageId,
  type PresetId,
  presetId,
} from '../../../shared/ids';
import type { ReadDb, WriteDb } from '../connection';
import { StoreError } from '../errors';
import { statement } from '../statement';
import { SUMMARY_COLUMNS, type SummaryRow, summariesOf } from './conversation-list';
import { getDraft } from './drafts';
import { settingsOf } from './json-columns';
import { newestLeaf } from './message-removal';
import { branchTo } from './messages';
import { presetContentOf } from './presets';
import { markReplaced } from './replaced';

interface WholeRow extends SummaryRow {
  readonly connection_id: number | null;
  readonly model: string | null;
  readonly preset_id: number | null;
  readonly settings: string;
  readonly active_leaf_id: number | null;
}

/**
 * A conversation with its active branch, or the `newest` so many messages of it. Throws `not_found`, also
 * for one in the trash.
 */
export function getConversation(db: ReadDb, id: ConversationId, newest?: number): Conversation {
  const row = statement<WholeRow>(
    db,
    `SELECT ${SUMMARY_COLUMNS}, connection_id, model, preset_id, settings, active_leaf_id
     FROM conversation WHERE id = ? AND deleted_at IS NULL`,
  ).get(id);
  const [summary] = summariesOf(db, row ? [row] : []);
  if (!row || !summary) throw new StoreError('not_found', `there is no conversation ${id}`);
  return {
    ...summary,
    connectionId: row.connection_id === null ? null : connectionId.parse(row.connection_id),
    model: row.model,
    presetId: row.preset_id === null ? null : presetId.parse(row.preset_id),
    settings: settingsOf(row.settings),
    messages:
      row.active_leaf_id === null ? [] : branchTo(db, messageId.parse(row.active_leaf_id), newest),
    draft: getDraft(db, id),
  };
}

export function renameConversation(db: WriteDb, id: ConversationId, title: string): void {
  change(db, id, "UPDATE conversation SET title = ?, title_source = 'user' WHERE id = ?", title);
}

/** Moves conversations to the trash; what they cost stays in every total. */
export function removeConversations(db: WriteDb, ids: readonly ConversationId[], at: number): void {
  changeMany(db, ids, 'UPDATE conversation SET deleted_at = ? WHERE deleted_at IS NULL', at);
}

/** Brings conversations back from the trash to where they were; not those of an import that was taken back. */
export function restoreConversations(db: WriteDb, ids: readonly ConversationId[]): void {
  changeMany(db, ids, "UPDATE conversation SET deleted_at = NULL WHERE shelf <> 'import'");
}

/** Puts conversations into the archive, or back into the list when `at` is null. */
export function archiveConversations(
  db: WriteDb,
  ids: readonly ConversationId[],
  at: number | null,
): void {
  changeMany(db, ids, 'UPDATE conversation SET archived_at = ? WHERE deleted_at IS NULL', at);
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

/**
 * Takes over what a preset holds: its settings, and its connection and model where it has them and they
 * are there. Null forgets the preset and changes nothing else.
 */
export function choosePreset(db: WriteDb, id: ConversationId, preset: PresetId | null): void {
  db.transaction(() => {
    change(db, id, 'UPDATE conversation SET preset_id = ? WHERE id = ?', preset);
    if (preset === null) return;
    const content = presetContentOf(db, preset);
    change(
      db,
      id,
      `UPDATE conversation SET settings = ?, model = coalesce(?, model), connection_id = coalesce(
         (SELECT id FROM connection WHERE id = ? AND deleted_at IS NULL), connection_id)
       WHERE id = ?`,
      JSON.stringify(content.settings),
      content.model,
      content.connectionId,
    );
  }).immediate();
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

/** Makes the branch through `through` the active one, down to the newest message below it. */
export function selectBranch(db: WriteDb, id: ConversationId, through: MessageId): void {
  db.transaction(() => {
    const leaf = statement<{ id: number }>(
      db,
      'SELECT id FROM message WHERE id = ? AND conversation_id = ?',
    ).get(through, id)
      ? newestLeaf(db, id, through)
      : null;
    if (leaf === null) throw new StoreError('not_found', `there is no message ${through} in ${id}`);
    change(db, id, 'UPDATE conversation SET active_leaf_id = ? WHERE id = ?', leaf);
    markReplaced(db, id);
  }).immediate();
}

function change(db: WriteDb, id: ConversationId, sql: string, ...values: unknown[]): void {
  const { changes } = statement(db, sql).run(...values, id);
  if (changes === 0) throw new StoreError('not_found', `there is no conversation ${id}`);
}

/** Changes those of many that fit. Throws `not_found` when none does: another may have been quicker. */
function changeMany(
  db: WriteDb,
  ids: readonly ConversationId[],
  sql: string,
  ...values: unknown[]
): void {
  const { changes } = statement(db, `${sql} AND id IN (SELECT value FROM json_each(?))`).run(
    ...values,
    JSON.stringify(ids),
  );
  if (changes === 0) throw new StoreError('not_found', 'there is none of these conversations');
}
