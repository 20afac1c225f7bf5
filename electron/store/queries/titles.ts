import {
  type ConnectionId,
  type ConversationId,
  connectionId,
  type MessageId,
  messageId,
} from '../../../shared/ids';
import type { ReadDb, WriteDb } from '../connection';
import { statement } from '../statement';

/** What was said first in a conversation, for a title to be made of. */
export interface FirstExchange {
  readonly question: string;
  readonly answer: string;
  /** The answer that was taken. */
  readonly messageId: MessageId;
  /** Whom it came from; null when that connection is gone. */
  readonly connectionId: ConnectionId | null;
  readonly model: string;
  readonly isDemo: boolean;
}

/**
 * The first exchange of a conversation, if it is that to which some answers belong, one of them is complete
 * and says something, and the conversation waits for a title; else null. Several answers are one exchange.
 */
export function firstExchange(
  db: ReadDb,
  conversation: ConversationId,
  question: MessageId,
  answers: readonly MessageId[],
): FirstExchange | null {
  if (titleToReplace(db, conversation) === null) return null;
  const those = JSON.stringify(answers);
  if (wasAnsweredBefore(db, conversation, question, those)) return null;
  const row = statement<{
    id: number;
    connection_id: number | null;
    requested_model: string;
    is_demo: number;
    answer: string;
    question: string | null;
  }>(
    db,
    `SELECT message.id, run.connection_id, requested_model, is_demo, said.text AS answer,
       (SELECT text FROM message_said WHERE id = ?) AS question
     FROM message JOIN run ON run.id = message.run_id JOIN message_said AS said ON said.id = message.id
     WHERE message.id IN (SELECT value FROM json_each(?)) AND message.deleted_at IS NULL
       AND state = 'complete' AND trim(said.text) <> ''
     ORDER BY message.id LIMIT 1`,
  ).get(question, those);
  if (!row) return null;
  return {
    question: row.question ?? '',
    answer: row.answer,
    messageId: messageId.parse(row.id),
    connectionId: row.connection_id === null ? null : connectionId.parse(row.connection_id),
    model: row.requested_model,
    isDemo: row.is_demo === 1,
  };
}

/**
 * Whether anything else here was answered: by a request of this conversation, or, as in one that was forked
 * or brought along, before the question. What a preset says first has the time of the conversation, which
 * then began with a request; all of a file that says no times has one time, too.
 */
function wasAnsweredBefore(
  db: ReadDb,
  conversation: ConversationId,
  question: MessageId,
  answers: string,
): boolean {
  const found = statement(
    db,
    `WITH RECURSIVE up (id, parent_id) AS (
       SELECT id, parent_id FROM message WHERE id = ?
       UNION ALL
       SELECT message.id, message.parent_id FROM up JOIN message ON message.id = up.parent_id)
     SELECT 1 FROM run WHERE conversation_id = ? AND state = 'complete'
       AND coalesce(message_id, 0) NOT IN (SELECT value FROM json_each(?))
     UNION ALL
     SELECT 1 FROM up JOIN message ON message.id = up.id
     WHERE role = 'assistant' AND EXISTS (SELECT 1 FROM part WHERE message_id = up.id)
       AND NOT EXISTS (SELECT 1 FROM conversation JOIN run ON run.conversation_id = conversation.id
         AND run.started_at = conversation.created_at
         WHERE conversation.id = ? AND conversation.created_at = message.created_at)
     LIMIT 1`,
  ).get(question, conversation, answers, conversation);
  return found !== undefined;
}

/** The title of a conversation that another may take the place of; null where none may. */
export function titleToReplace(db: ReadDb, conversation: ConversationId): string | null {
  const row = statement<{ title: string }>(
    db,
    `SELECT title FROM conversation WHERE id = ? AND deleted_at IS NULL AND title_source = 'rule'
       AND NOT EXISTS (SELECT 1 FROM run
         WHERE run.conversation_id = conversation.id AND purpose = 'title')`,
  ).get(conversation);
  return row?.title ?? null;
}

/** Takes over a title that a model gave. One that the user wrote meanwhile stays; then it is false. */
export function giveTitle(db: WriteDb, conversation: ConversationId, title: string): boolean {
  const { changes } = statement(
    db,
    "UPDATE conversation SET title = ?, title_source = 'model' WHERE id = ? AND title_source = 'rule'",
  ).run(title, conversation);
  return changes > 0;
}
