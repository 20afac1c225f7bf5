import { type ConversationId, conversationId, type MessageId } from '../../../shared/ids';
import type { WriteDb } from '../connection';
import { StoreError } from '../errors';
import { statement } from '../statement';

export interface Fork {
  readonly id: ConversationId;
  /** The last message that goes along. */
  readonly through: MessageId;
  /** Only so many of the newest messages up to it; null for all. */
  readonly newest: number | null;
  readonly uid: string;
  readonly at: number;
}

/**
 * Begins a conversation with a copy of a branch: what was said, with its images and in its order, led by
 * the same settings. What it has cost stays where it was spent. Messages that came to nothing are left
 * out. Throws `not_found` when the conversation or the message is not there.
 */
export function forkConversation(db: WriteDb, fork: Fork): ConversationId {
  return db
    .transaction((): ConversationId => {
      const messages = spokenTo(db, fork);
      const { changes, lastInsertRowid } = statement(
        db,
        `INSERT INTO conversation (uid, title, title_source, connection_id, preset_id, model, settings,
           is_demo, created_at, updated_at)
         SELECT ?, title, title_source, connection_id, preset_id, model, settings, is_demo, ?, ?
         FROM conversation WHERE id = ? AND deleted_at IS NULL`,
      ).run(fork.uid, fork.at, fork.at, fork.id);
      if (changes === 0 || messages.length === 0) {
        throw new StoreError('not_found', `there is no message ${fork.through} in ${fork.id}`);
      }
      const copy = conversationId.parse(Number(lastInsertRowid));
      const leaf = messages.reduce<number | null>(
        (parent, message) => copyMessage(db, copy, parent, message),
        null,
      );
      statement(db, 'UPDATE conversation SET active_leaf_id = ? WHERE id = ?').run(leaf, copy);
      return copy;
    })
    .immediate();
}

/** The messages of the branch that say something, the first one first. */
function spokenTo(db: WriteDb, { id, through, newest }: Fork): readonly number[] {
  return statement<{ id: number }>(
    db,
    `WITH RECURSIVE up (id, parent_id, depth) AS (
       SELECT id, parent_id, 0 FROM message
       WHERE id = ? AND conversation_id = ? AND deleted_at IS NULL
       UNION ALL
       SELECT message.id, message.parent_id, depth + 1
       FROM message JOIN up ON message.id = up.parent_id WHERE depth + 1 < ?)
     SELECT id FROM up WHERE EXISTS (SELECT 1 FROM part WHERE message_id = up.id)
     ORDER BY depth DESC`,
  )
    .all(through, id, newest ?? Number.MAX_SAFE_INTEGER)
    .map((row) => row.id);
}

function copyMessage(
  db: WriteDb,
  conversation: ConversationId,
  parent: number | null,
  message: number,
): number {
  const { lastInsertRowid } = statement(
    db,
    `INSERT INTO message (conversation_id, parent_id, role, created_at)
     SELECT ?, ?, role, created_at FROM message WHERE id = ?`,
  ).run(conversation, parent, message);
  statement(
    db,
    `INSERT INTO part (message_id, position, kind, text, name, attachment_id)
     SELECT ?, position, kind, text, name, attachment_id FROM part WHERE message_id = ?`,
  ).run(lastInsertRowid, message);
  statement(
    db,
    'INSERT INTO message_fts (rowid, text) SELECT id, text FROM message_text WHERE id = ?',
  ).run(lastInsertRowid);
  return Number(lastInsertRowid);
}
