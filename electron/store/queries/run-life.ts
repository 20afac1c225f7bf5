import {
  type ConversationId,
  conversationId,
  type MessageId,
  type RunId,
  runId,
} from '../../../shared/ids';
import type { AnswerPart } from '../../../shared/run-view';
import type { StreamEvent } from '../../../shared/stream-event';
import type { WriteDb } from '../connection';
import { StoreError } from '../errors';
import { statement } from '../statement';
import { insertMessage, writeParts } from './messages';
import type { RunHead, RunOutcome } from './runs';
import { countInDay } from './spending';

/** Where a run's answer goes: a new message, or another answer to one that is there. */
export type RunTarget =
  | {
      readonly kind: 'new_conversation';
      readonly conversationUid: string;
      readonly title: string;
      readonly text: string;
    }
  | {
      readonly kind: 'next_message';
      readonly conversationId: ConversationId;
      readonly text: string;
    }
  | {
      readonly kind: 'another_answer';
      readonly conversationId: ConversationId;
      readonly messageId: MessageId;
    };

export interface BegunRun {
  readonly conversationId: ConversationId;
  /** The user's message that is answered. */
  readonly questionId: MessageId;
  /** The answer, empty as yet. */
  readonly messageId: MessageId;
  readonly runId: RunId;
}

/**
 * Commits the question, the empty answer and the ledger row, before a byte of the request leaves.
 * Throws `not_found` when the target is not there.
 */
export function beginRun(db: WriteDb, target: RunTarget, head: RunHead): BegunRun {
  return db
    .transaction((): BegunRun => {
      const conversation =
        target.kind === 'new_conversation'
          ? insertConversation(db, target, head)
          : target.conversationId;
      if (target.kind !== 'new_conversation') mustBeThere(db, conversation);
      const questionId = questionOf(db, conversation, target, head.startedAt);
      const id = insertRun(db, conversation, head);
      const message = insertMessage(db, {
        conversationId: conversation,
        parentId: questionId,
        role: 'assistant',
        runId: id,
        at: head.startedAt,
        parts: [],
      });
      statement(db, 'UPDATE run SET message_id = ? WHERE id = ?').run(message, id);
      statement(
        db,
        `UPDATE conversation SET active_leaf_id = ?, updated_at = ?, connection_id = ?, model = ?,
           runs = runs + 1, running = running + 1 WHERE id = ?`,
      ).run(message, head.startedAt, head.connectionId, head.model, conversation);
      return { conversationId: conversation, questionId, messageId: message, runId: id };
    })
    .immediate();
}

/** Appends what arrived since the last checkpoint. Its cost does not grow with the answer. */
export function checkpoint(
  db: WriteDb,
  id: RunId,
  position: number,
  events: readonly StreamEvent[],
): void {
  statement(db, 'INSERT INTO run_journal (run_id, position, events) VALUES (?, ?, ?)').run(
    id,
    position,
    encodeEvents(events),
  );
}

/**
 * Ends a run: its row, the text of its answers, the totals of its conversation and its day, in one
 * transaction. `answers` has one entry a choice; those after the first become siblings. Ending a run
 * that has ended changes nothing.
 */
export function endRun(
  db: WriteDb,
  id: RunId,
  outcome: RunOutcome,
  answers: readonly (readonly AnswerPart[])[],
): void {
  db.transaction(() => {
    const row = statement<{
      conversation_id: number | null;
      message_id: number | null;
      state: string;
    }>(db, 'SELECT conversation_id, message_id, state FROM run WHERE id = ?').get(id);
    if (!row) throw new StoreError('not_found', `there is no run ${id}`);
    if (row.state !== 'running') return;
    updateRun(db, id, outcome);
    writeAnswers(db, id, outcome.endedAt, answers);
    statement(db, 'DELETE FROM run_journal WHERE run_id = ?').run(id);
    countInDay(db, id);
    if (row.conversation_id !== null) countInConversation(db, row.conversation_id, outcome);
  }).immediate();
}

function insertConversation(
  db: WriteDb,
  target: Extract<RunTarget, { kind: 'new_conversation' }>,
  head: RunHead,
): ConversationId {
  const { lastInsertRowid } = statement(
    db,
    `INSERT INTO conversation (uid, title, is_demo, created_at, updated_at) VALUES (?, ?, ?, ?, ?)`,
  ).run(target.conversationUid, target.title, head.isDemo ? 1 : 0, head.startedAt, head.startedAt);
  return conversationId.parse(Number(lastInsertRowid));
}

/** One in the trash is not there: nobody would see the answer. */
function mustBeThere(db: WriteDb, conversation: ConversationId): void {
  const found = statement<{ id: number }>(
    db,
    'SELECT id FROM conversation WHERE id = ? AND deleted_at IS NULL',
  ).get(conversation);
  if (!found) throw new StoreError('not_found', `there is no conversation ${conversation}`);
}

function questionOf(
  db: WriteDb,
  conversation: ConversationId,
  target: RunTarget,
  at: number,
): MessageId {
  if (target.kind === 'another_answer') {
    const question = statement<{ parent_id: MessageId | null }>(
      db,
      "SELECT parent_id FROM message WHERE id = ? AND conversation_id = ? AND role = 'assistant'",
    ).get(target.messageId, conversation);
    if (!question?.parent_id) {
      throw new StoreError('not_found', `there is no answer ${target.messageId}`);
    }
    return question.parent_id;
  }
  const leaf = statement<{ active_leaf_id: number | null }>(
    db,
    'SELECT active_leaf_id FROM conversation WHERE id = ?',
  ).get(conversation);
  return insertMessage(db, {
    conversationId: conversation,
    parentId: leaf?.active_leaf_id ?? null,
    role: 'user',
    runId: null,
    at,
    parts: [{ kind: 'text', text: target.text, name: null }],
  });
}

function insertRun(db: WriteDb, conversation: ConversationId, head: RunHead): RunId {
  const { lastInsertRowid } = statement(
    db,
    `INSERT INTO run (uid, conversation_id, conversation_title, connection_id, connection_name,
       profile, base_url, is_demo, requested_model, requested_provider, routing, parameters, answers,
       models, votes, state, started_at, day, cost_source)
     VALUES (?, ?, (SELECT title FROM conversation WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
       'running', ?, ?, 'unknown')`,
  ).run(
    head.uid,
    conversation,
    conversation,
    head.connectionId,
    head.connectionName,
    head.profile,
    head.baseUrl,
    head.isDemo ? 1 : 0,
    head.model,
    head.provider,
    head.routing,
    head.parameters,
    head.answers,
    head.models,
    head.votes,
    head.startedAt,
    head.day,
  );
  return runId.parse(Number(lastInsertRowid));
}

function updateRun(db: WriteDb, id: RunId, outcome: RunOutcome): void {
  const { code, ...error } = outcome.failure ?? { code: null };
  statement(
    db,
    `UPDATE run SET state = ?, error_code = ?, error = ?, http_status = ?, ended_at = ?,
       completion_id = ?, served_model = ?, served_provider = ?, finish_reason = ?, prompt_tokens = ?,
       completion_tokens = ?, total_tokens = ?, cached_tokens = ?, reasoning_tokens = ?,
       prompt_characters = ?, response_characters = ?, received_characters = ?, cost_nanousd = ?,
       cost_text = ?, cost_source = ?, latency_ms = ?, first_token_ms = ?, total_ms = ?, raw_usage = ?
     WHERE id = ?`,
  ).run(
    outcome.state,
    code,
    code === null ? null : JSON.stringify(error),
    outcome.failure?.status ?? null,
    outcome.endedAt,
    outcome.completionId,
    outcome.servedModel,
    outcome.servedProvider,
    outcome.finishReason,
    outcome.promptTokens,
    outcome.completionTokens,
    outcome.totalTokens,
    outcome.cachedTokens,
    outcome.reasoningTokens,
    outcome.promptCharacters,
    outcome.responseCharacters,
    outcome.receivedCharacters,
    outcome.cost,
    outcome.costText,
    outcome.costSource,
    outcome.latencyMs,
    outcome.firstTokenMs,
    outcome.totalMs,
    outcome.rawUsage,
    id,
  );
}

/** The answer may have been deleted while it came; its text then has no place, its row still has. */
function writeAnswers(
  db: WriteDb,
  id: RunId,
  at: number,
  answers: readonly (readonly AnswerPart[])[],
): void {
  const first = statement<{ id: MessageId; conversation_id: number; parent_id: number | null }>(
    db,
    'SELECT id, conversation_id, parent_id FROM message WHERE run_id = ? ORDER BY id LIMIT 1',
  ).get(id);
  if (!first) return;
  writeParts(db, first.id, answers[0] ?? []);
  for (const parts of answers.slice(1)) {
    insertMessage(db, {
      conversationId: first.conversation_id,
      parentId: first.parent_id,
      role: 'assistant',
      runId: id,
      at,
      parts,
    });
  }
}

function countInConversation(db: WriteDb, conversation: number, outcome: RunOutcome): void {
  const estimated = outcome.costSource === 'estimated';
  statement(
    db,
    `UPDATE conversation SET running = running - 1, unknown_runs = unknown_runs + ?,
       cost_nanousd = cost_nanousd + ?, estimated_nanousd = estimated_nanousd + ?,
       updated_at = max(updated_at, ?), unread = 1
     WHERE id = ?`,
  ).run(
    outcome.cost === null ? 1 : 0,
    estimated ? 0n : (outcome.cost ?? 0n),
    estimated ? (outcome.cost ?? 0n) : 0n,
    outcome.endedAt,
    conversation,
  );
}

/** Events as text: usage holds money, which JSON cannot, so it goes as a string. */
function encodeEvents(events: readonly StreamEvent[]): string {
  return JSON.stringify(events, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
}
