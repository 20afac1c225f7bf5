import type { ConversationId } from '../../../shared/ids';
import type { WriteDb } from '../connection';
import { statement } from '../statement';
import { countRun, endedRuns } from './usage';
import { UsageChange } from './usage-sums';

/**
 * Marks the complete answers of a conversation that were replaced, and no others: those whose question was
 * asked again, while another of its answers is shown or, where none is, was asked for last. Answers that
 * were asked for side by side count as one. In the transaction of whatever changed the branch or answers.
 */
export function markReplaced(db: WriteDb, conversation: ConversationId): void {
  const changed = statement<{ id: number; replaced: number }>(
    db,
    `WITH RECURSIVE shown (id, parent_id) AS (
       SELECT message.id, message.parent_id FROM conversation
       JOIN message ON message.id = conversation.active_leaf_id WHERE conversation.id = ?
       UNION ALL
       SELECT message.id, message.parent_id FROM shown JOIN message ON message.id = shown.parent_id),
     answered (question, run_id, asking, answer, is_shown) AS MATERIALIZED (
       SELECT message.parent_id, run.id, coalesce(run.fan_out, run.uid), message.id,
         message.id IN (SELECT id FROM shown)
       FROM message JOIN run ON run.id = message.run_id
       WHERE message.conversation_id = ? AND message.parent_id IS NOT NULL),
     kept (question, asking) AS (
       SELECT question, asking FROM (SELECT question, asking, row_number() OVER (
         PARTITION BY question ORDER BY is_shown DESC, answer DESC) AS place FROM answered)
       WHERE place = 1),
     found (id, replaced) AS (
       SELECT run_id, max(answered.asking <> kept.asking)
       FROM answered JOIN kept USING (question) GROUP BY run_id)
     SELECT id, replaced FROM found JOIN run USING (id)
     WHERE state = 'complete' AND replaced <> (waste IS NOT NULL)`,
  ).all(conversation, conversation);
  if (changed.length === 0) return;
  const ids = changed.map(({ id }) => id);
  const change = new UsageChange();
  for (const run of endedRuns(db, ids)) countRun(change, run, -1);
  const mark = statement(db, 'UPDATE run SET waste = ? WHERE id = ?');
  for (const { id, replaced } of changed) mark.run(replaced === 1 ? 'replaced' : null, id);
  for (const run of endedRuns(db, ids)) countRun(change, run, 1);
  change.write(db);
}

/** Whether a run's answer stands beside another one to the same question. */
export function hasSiblings(db: WriteDb, run: number): boolean {
  return (
    statement<{ id: number }>(
      db,
      `SELECT other.id FROM message AS answer
       JOIN message AS other ON other.conversation_id = answer.conversation_id
         AND other.parent_id = answer.parent_id
       WHERE answer.run_id = ? AND other.run_id <> answer.run_id LIMIT 1`,
    ).get(run) !== undefined
  );
}
