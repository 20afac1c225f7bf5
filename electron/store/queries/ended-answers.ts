import type { ConversationId, MessageId } from '../../../shared/ids';
import { messageId } from '../../../shared/ids';
import { type NanoUsd, nano } from '../../../shared/money';
import type { RunState } from '../../../shared/run-state';
import type { ReadDb } from '../connection';
import { statement } from '../statement';

/** How some answers of one conversation ended, to be told in one line. */
export interface EndedAnswers {
  readonly title: string;
  /** How each ended, in the order they were asked for. */
  readonly states: readonly RunState[];
  /** What is known of their cost, with the attempts that were made for them. */
  readonly known: NanoUsd;
  /** Requests whose cost nobody knows. */
  readonly unknown: number;
}

/** The end of some answers; null when their conversation is gone. */
export function endedAnswers(
  db: ReadDb,
  conversation: ConversationId,
  answers: readonly MessageId[],
): EndedAnswers | null {
  const row = statement<{ title: string }>(
    db,
    'SELECT title FROM conversation WHERE id = ? AND deleted_at IS NULL',
  ).get(conversation);
  if (!row) return null;
  const runs = statement<{ message_id: number; state: RunState; cost: string | null }>(
    db,
    `SELECT message_id, state, CAST(cost_nanousd AS TEXT) AS cost FROM run
     WHERE message_id IN (SELECT value FROM json_each(?)) ORDER BY id`,
  ).all(JSON.stringify(answers));
  const known = runs.reduce((sum, { cost }) => sum + BigInt(cost ?? 0), 0n);
  const last = new Map(runs.map(({ message_id, state }) => [message_id, state]));
  return {
    title: row.title,
    states: [...last.values()],
    known: nano(known),
    unknown: runs.filter(({ cost }) => cost === null).length,
  };
}

/** The answer that a conversation ends with, or null. */
export function lastAnswer(db: ReadDb, conversation: ConversationId): MessageId | null {
  const row = statement<{ id: number }>(
    db,
    `SELECT message.id FROM conversation JOIN message ON message.id = conversation.active_leaf_id
     WHERE conversation.id = ? AND message.role = 'assistant'`,
  ).get(conversation);
  return row ? messageId.parse(row.id) : null;
}
