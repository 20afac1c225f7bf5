import type { Waste } from '../../../shared/contract/spending';
import type { ConversationId, MessageId } from '../../../shared/ids';
import type { EndState } from '../../../shared/run-state';
import type { WriteDb } from '../connection';
import { statement } from '../statement';
import { wasteOf } from './runs';
import { countRun, endedRuns } from './usage';
import { UsageChange } from './usage-sums';

/**
 * Marks the complete answers of a conversation that were replaced, and no others: those whose question was
 * asked again, while another of its answers is shown or, where none is, was asked for last. Answers that
 * were asked for side by side count as one. A copy has answers of the conversation that it was made of: those
 * are left to that. In the transaction of whatever changed the branch or answers.
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
       WHERE message.conversation_id = ? AND message.parent_id IS NOT NULL
         AND message.deleted_at IS NULL),
     kept (question, asking) AS (
       SELECT question, asking FROM (SELECT question, asking, row_number() OVER (
         PARTITION BY question ORDER BY is_shown DESC, answer DESC) AS place FROM answered)
       WHERE place = 1),
     found (id, replaced) AS (
       SELECT run_id, max(answered.asking <> kept.asking)
       FROM answered JOIN kept USING (question) GROUP BY run_id)
     SELECT id, replaced FROM found JOIN run USING (id)
     WHERE state = 'complete' AND conversation_id = ? AND replaced <> (waste IS NOT NULL)`,
  ).all(conversation, conversation, conversation);
  setWaste(
    db,
    changed.map(({ id, replaced }) => ({ id, waste: replaced === 1 ? 'replaced' : null })),
  );
}

/** Counts the runs whose every answer is among some messages that were deleted as spent for nothing. */
export function markDeleted(db: WriteDb, messages: readonly MessageId[]): void {
  const runs = runsBehind(db, messages).filter(({ kept }) => kept === 0);
  setWaste(
    db,
    runs.map(({ id }) => ({ id, waste: 'deleted' })),
  );
}

/** The reverse, for messages that are there again; `markReplaced` tells what else their runs were. */
export function markKept(db: WriteDb, messages: readonly MessageId[]): void {
  const runs = runsBehind(db, messages).filter(({ waste }) => waste === 'deleted');
  setWaste(
    db,
    runs.map(({ id, state }) => ({ id, waste: wasteOf(state) })),
  );
}

interface RunBehind {
  readonly id: number;
  readonly state: EndState;
  readonly waste: Waste | null;
  /** 1 when one of its answers is still there. */
  readonly kept: 0 | 1;
}

/** The ended runs that answered with some messages, the attempts before them too. */
function runsBehind(db: WriteDb, messages: readonly MessageId[]): RunBehind[] {
  return statement<RunBehind>(
    db,
    `WITH chosen (id) AS (SELECT value FROM json_each(?))
     SELECT run.id, state, waste, EXISTS (SELECT 1 FROM message
       WHERE message.run_id = run.id AND message.deleted_at IS NULL) AS kept
     FROM run WHERE state <> 'running' AND run.id IN (
       SELECT run_id FROM message WHERE id IN (SELECT id FROM chosen)
       UNION SELECT run.id FROM run WHERE message_id IN (SELECT id FROM chosen))`,
  ).all(JSON.stringify(messages));
}

function setWaste(
  db: WriteDb,
  runs: readonly { readonly id: number; readonly waste: Waste | null }[],
): void {
  if (runs.length === 0) return;
  const ids = runs.map(({ id }) => id);
  const change = new UsageChange();
  for (const run of endedRuns(db, ids)) countRun(change, run, -1);
  const mark = statement(db, 'UPDATE run SET waste = ? WHERE id = ?');
  for (const { id, waste } of runs) mark.run(waste, id);
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
       WHERE answer.run_id = ? AND other.run_id <> answer.run_id AND other.deleted_at IS NULL
       LIMIT 1`,
    ).get(run) !== undefined
  );
}
