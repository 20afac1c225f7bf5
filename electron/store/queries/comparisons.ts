import type { Comparison } from '../../../shared/contract/run';
import { conversationId, messageId } from '../../../shared/ids';
import type { ReadDb } from '../connection';
import { statement } from '../statement';
import { RUN_COLUMNS, type RunRow, runFromRow } from './runs';

/** How much of a message says which one it is. */
const QUESTION_LENGTH = 300;

interface Row extends RunRow {
  readonly group_id: string;
  readonly message_id: number;
  readonly conversation_id: number;
  readonly title: string;
  readonly question_id: number;
  readonly question: string | null;
  readonly at: number;
  readonly chosen: number;
}

/**
 * Messages to several models, each with its first run, as far as they are outside the trash. Answers whose
 * question was deleted alone follow what was before it, and are compared no more.
 */
const GROUPS = `SELECT fan_out AS group_id, min(run.id) AS first
  FROM run JOIN message ON message.id = run.message_id
  JOIN message AS question ON question.id = message.parent_id AND question.role = 'user'
  JOIN conversation ON conversation.id = message.conversation_id
  WHERE fan_out IS NOT NULL AND conversation.deleted_at IS NULL AND message.deleted_at IS NULL
  GROUP BY fan_out`;

/** One page of the messages that went to several side by side, the newest first. */
export function listComparisons(
  db: ReadDb,
  offset: number,
  limit: number,
): { items: Comparison[]; count: number } {
  const rows = statement<Row>(
    db,
    `WITH page AS (${GROUPS} ORDER BY first DESC LIMIT ? OFFSET ?),
       answer AS (SELECT DISTINCT group_id, first, run.message_id
         FROM page JOIN run ON run.fan_out = page.group_id WHERE run.message_id IS NOT NULL)
     SELECT group_id, message.id AS message_id, conversation.id AS conversation_id, title,
       question.id AS question_id, question.created_at AS at,
       (SELECT substr(text, 1, ${QUESTION_LENGTH}) FROM message_said WHERE id = question.id) AS question,
       EXISTS (SELECT 1 FROM message AS next
         WHERE next.parent_id = message.id AND next.deleted_at IS NULL) AS chosen,
       ${RUN_COLUMNS}
     FROM answer JOIN message ON message.id = answer.message_id AND message.deleted_at IS NULL
     JOIN run ON run.id = message.run_id
     JOIN message AS question ON question.id = message.parent_id
     JOIN conversation ON conversation.id = message.conversation_id
     ORDER BY first DESC, message.id`,
  ).all(limit, offset);
  const counted = statement<{ count: number }>(
    db,
    `SELECT count(*) AS count FROM (${GROUPS})`,
  ).get();
  return { items: grouped(rows), count: counted?.count ?? 0 };
}

function grouped(rows: readonly Row[]): Comparison[] {
  const byGroup = new Map<string, Comparison>();
  for (const row of rows) {
    const answer = {
      messageId: messageId.parse(row.message_id),
      run: runFromRow(row),
      chosen: row.chosen === 1,
    };
    const known = byGroup.get(row.group_id);
    if (known) known.answers.push(answer);
    else {
      byGroup.set(row.group_id, {
        conversationId: conversationId.parse(row.conversation_id),
        title: row.title,
        questionId: messageId.parse(row.question_id),
        question: row.question ?? '',
        at: row.at,
        answers: [answer],
      });
    }
  }
  return [...byGroup.values()];
}
