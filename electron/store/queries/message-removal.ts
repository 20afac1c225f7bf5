import type { RemovedMessages } from '../../../shared/contract/conversation';
import { type ConversationId, type MessageId, messageId } from '../../../shared/ids';
import type { WriteDb } from '../connection';
import { StoreError } from '../errors';
import { statement } from '../statement';
import { forgetAttachments } from './purge';
import { markDeleted, markKept, markReplaced } from './replaced';

/**
 * Deletes a message, or it and all that follows it on every branch; what it cost stays in every total. What
 * followed a message that is deleted alone follows what was before it. Answers with what undoes it. Throws
 * `not_found` when there is no such message, `conflict` while one of them is still being answered.
 */
export function removeMessages(
  db: WriteDb,
  conversation: ConversationId,
  message: MessageId,
  following: boolean,
  at: number,
): RemovedMessages {
  return db
    .transaction((): RemovedMessages => {
      const top = statement<{ parent_id: number | null; leaf: number | null }>(
        db,
        `SELECT parent_id, active_leaf_id AS leaf
         FROM message JOIN conversation ON conversation.id = conversation_id
         WHERE message.id = ? AND conversation_id = ? AND message.deleted_at IS NULL`,
      ).get(message, conversation);
      if (!top) throw new StoreError('not_found', `there is no message ${message}`);
      const messages = following ? livingBelow(db, message) : [message];
      refuseRunning(db, messages);
      const moved = following ? [] : childrenOf(db, message);
      const apart = following ? deletedBehind(db, messages) : [];
      moveTo(db, moved, message, top.parent_id);
      statement(
        db,
        'UPDATE message SET deleted_at = ? WHERE id IN (SELECT value FROM json_each(?))',
      ).run(at, JSON.stringify(messages));
      const leaf = messages.find((id) => id === top.leaf) ?? null;
      if (leaf !== null) setLeaf(db, conversation, newestLeaf(db, conversation, top.parent_id));
      markDeleted(db, messages);
      markReplaced(db, conversation);
      return { messages, moved, apart, leaf };
    })
    .immediate();
}

/**
 * Brings messages back to where they were, with what followed them, and shows the branch that was shown.
 * Throws `not_found` when they are gone for good.
 */
export function restoreMessages(
  db: WriteDb,
  conversation: ConversationId,
  { messages, moved, apart, leaf }: RemovedMessages,
): void {
  db.transaction(() => {
    const ids = JSON.stringify(messages);
    const { changes } = statement(
      db,
      `UPDATE message SET deleted_at = NULL WHERE conversation_id = ?
         AND id IN (SELECT value FROM json_each(?)) AND deleted_at IS NOT NULL`,
    ).run(conversation, ids);
    if (changes !== messages.length) {
      throw new StoreError('not_found', 'these messages were deleted for good');
    }
    const [top] = messages;
    if (top === undefined) return;
    const before = livingBefore(db, top);
    statement(db, 'UPDATE message SET parent_id = ? WHERE id = ?').run(before, top);
    moveTo(db, moved, before, top);
    for (const { message, after } of apart) moveTo(db, [message], before, after);
    if (leaf !== null) setLeaf(db, conversation, newestLeaf(db, conversation, leaf));
    markKept(db, messages);
    markReplaced(db, conversation);
  }).immediate();
}

/**
 * Deletes up to `limit` messages for good that were deleted before a moment (ms since 1970), the last ones
 * first. Returns how many they were, and the hashes of the files that no message has any more.
 */
export function purgeMessages(
  db: WriteDb,
  before: number,
  limit: number,
): { messages: number; files: string[] } {
  return db
    .transaction(() => {
      const due = statement<{ id: number }>(
        db,
        `SELECT id FROM message INDEXED BY message_deleted WHERE deleted_at < ?
         ORDER BY id DESC LIMIT ?`,
      ).all(before, limit);
      return deleteForGood(
        db,
        due.map(({ id }) => id),
      );
    })
    .immediate();
}

/** Deletes messages for good, in a transaction that has begun. */
export function deleteForGood(
  db: WriteDb,
  messages: readonly number[],
): { messages: number; files: string[] } {
  const due = JSON.stringify(messages);
  const files = statement<{ attachment_id: number }>(
    db,
    `SELECT DISTINCT attachment_id FROM part
     WHERE message_id IN (SELECT value FROM json_each(?)) AND attachment_id IS NOT NULL`,
  ).all(due);
  // While the texts are still there: the index has to be told what it was made of.
  statement(
    db,
    `INSERT INTO message_fts (message_fts, rowid, text)
     SELECT 'delete', id, text FROM message_text WHERE id IN (SELECT value FROM json_each(?))`,
  ).run(due);
  // What follows one of them was deleted too, but later: it must not go along.
  statement(
    db,
    'UPDATE message SET parent_id = NULL WHERE parent_id IN (SELECT value FROM json_each(?))',
  ).run(due);
  const { changes } = statement(
    db,
    'DELETE FROM message WHERE id IN (SELECT value FROM json_each(?))',
  ).run(due);
  const forgotten = files.map(({ attachment_id }) => attachment_id);
  return { messages: changes, files: forgetAttachments(db, forgotten) };
}

/** The newest message below one, or of the whole conversation: nothing that is there follows it. */
export function newestLeaf(
  db: WriteDb,
  conversation: ConversationId,
  below: number | null,
): MessageId | null {
  const row =
    below === null
      ? statement<{ id: number | null }>(
          db,
          'SELECT max(id) AS id FROM message WHERE conversation_id = ? AND deleted_at IS NULL',
        ).get(conversation)
      : statement<{ id: number | null }>(db, `${BELOW} SELECT max(id) AS id FROM below`).get(below);
  return row?.id == null ? null : messageId.parse(row.id);
}

/** A message and those that follow it. One that was deleted is followed by none that is there. */
const BELOW = `WITH RECURSIVE below (id) AS (
    SELECT id FROM message WHERE id = ? AND deleted_at IS NULL
    UNION ALL
    SELECT message.id FROM below JOIN message ON message.parent_id = below.id
    WHERE message.deleted_at IS NULL)`;

function livingBelow(db: WriteDb, top: MessageId): MessageId[] {
  return statement<{ id: number }>(db, `${BELOW} SELECT id FROM below ORDER BY id`)
    .all(top)
    .map(({ id }) => messageId.parse(id));
}

/** Those that were deleted before go along: they may come back. */
function childrenOf(db: WriteDb, message: MessageId): MessageId[] {
  return statement<{ id: number }>(db, 'SELECT id FROM message WHERE parent_id = ?')
    .all(message)
    .map(({ id }) => messageId.parse(id));
}

/** Those that were deleted before and follow one of some messages. */
function deletedBehind(db: WriteDb, messages: readonly MessageId[]): RemovedMessages['apart'] {
  return statement<{ id: number; after: number }>(
    db,
    `SELECT id, parent_id AS after FROM message
     WHERE parent_id IN (SELECT value FROM json_each(?)) AND deleted_at IS NOT NULL`,
  )
    .all(JSON.stringify(messages))
    .map(({ id, after }) => ({ message: messageId.parse(id), after: messageId.parse(after) }));
}

function moveTo(
  db: WriteDb,
  moved: readonly MessageId[],
  from: number | null,
  to: number | null,
): void {
  statement(
    db,
    `UPDATE message SET parent_id = ?
     WHERE id IN (SELECT value FROM json_each(?)) AND parent_id IS ?`,
  ).run(to, JSON.stringify(moved), from);
}

function refuseRunning(db: WriteDb, messages: readonly MessageId[]): void {
  const running = statement<{ id: number }>(
    db,
    `SELECT run.id FROM message JOIN run ON run.id = message.run_id
     WHERE message.id IN (SELECT value FROM json_each(?)) AND run.state = 'running' LIMIT 1`,
  ).get(JSON.stringify(messages));
  if (running) throw new StoreError('conflict', `run ${running.id} is still running`);
}

/** The nearest message before one that is there; what it followed may have been deleted since. */
function livingBefore(db: WriteDb, message: MessageId): number | null {
  return (
    statement<{ id: number }>(
      db,
      `WITH RECURSIVE before (id, deleted_at) AS (
         SELECT parent.id, parent.deleted_at
         FROM message JOIN message AS parent ON parent.id = message.parent_id WHERE message.id = ?
         UNION ALL
         SELECT parent.id, parent.deleted_at
         FROM before JOIN message ON message.id = before.id
         JOIN message AS parent ON parent.id = message.parent_id
         WHERE before.deleted_at IS NOT NULL)
       SELECT id FROM before WHERE deleted_at IS NULL`,
    ).get(message)?.id ?? null
  );
}

function setLeaf(db: WriteDb, conversation: ConversationId, leaf: MessageId | null): void {
  statement(db, 'UPDATE conversation SET active_leaf_id = ? WHERE id = ?').run(leaf, conversation);
}
