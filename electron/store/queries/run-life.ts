import type { ChatSettings } from '../../../shared/chat-settings';
import type { OpeningMessage } from '../../../shared/contract/preset';
import type { Sent, SentRun } from '../../../shared/contract/run';
import {
  type AttachmentId,
  type ConversationId,
  conversationId,
  type MessageId,
  type RunId,
} from '../../../shared/ids';
import type { RunPurpose } from '../../../shared/run-purpose';
import type { RunState } from '../../../shared/run-state';
import type { AnswerPart } from '../../../shared/run-view';
import type { StreamEvent } from '../../../shared/stream-event';
import type { WriteDb } from '../connection';
import { StoreError } from '../errors';
import { statement } from '../statement';
import { insertMessage, writeImages, writeParts } from './messages';
import { hasSiblings, markReplaced } from './replaced';
import { insertRun, type RunHead, type RunOutcome, updateRun } from './runs';
import { countInDay } from './spending';
import { titleToReplace } from './titles';

/** Where answers go: to a new message, or beside one that is there. The settings and the preset become the conversation's. */
export type RunTarget = { readonly settings: ChatSettings } & (
  | {
      readonly kind: 'new_conversation';
      readonly conversationUid: string;
      readonly title: string;
      /** What stands before the first question. */
      readonly opening: readonly OpeningMessage[];
      readonly text: string;
      readonly images: readonly AttachmentId[];
    }
  | {
      readonly kind: 'next_message';
      readonly conversationId: ConversationId;
      readonly text: string;
      readonly images: readonly AttachmentId[];
    }
  | {
      /** A message beside one of the user's that is there. */
      readonly kind: 'edited_message';
      readonly conversationId: ConversationId;
      readonly messageId: MessageId;
      readonly text: string;
      readonly images: readonly AttachmentId[];
    }
  | {
      readonly kind: 'another_answer';
      readonly conversationId: ConversationId;
      readonly messageId: MessageId;
    }
);

/**
 * Commits the question and, for each head, an empty answer and its ledger row, before a byte of a
 * request leaves. The first answer is the one that is shown. Throws `not_found` when the target, an image
 * or a connection is not there.
 */
export function beginRuns(db: WriteDb, target: RunTarget, heads: readonly RunHead[]): Sent {
  const [first] = heads;
  if (!first) throw new StoreError('logic', 'there is no run to begin');
  return db
    .transaction((): Sent => {
      for (const { connectionId } of heads) mustBeThere(db, connectionId);
      const conversation =
        target.kind === 'new_conversation'
          ? insertConversation(
              db,
              target,
              first.startedAt,
              heads.every(({ isDemo }) => isDemo),
            )
          : target.conversationId;
      const title = titleOf(db, conversation);
      const questionId = questionOf(db, conversation, target, first.startedAt);
      const runs = heads.map((head): SentRun => {
        const messageId = insertMessage(db, {
          conversationId: conversation,
          parentId: questionId,
          role: 'assistant',
          runId: null,
          at: head.startedAt,
          parts: [],
        });
        const place = { conversationId: conversation, conversationTitle: title, messageId };
        const runId = insertRun(db, place, head);
        answerWith(db, messageId, runId);
        return { messageId, runId };
      });
      statement(
        db,
        `UPDATE conversation SET active_leaf_id = ?, updated_at = ?, connection_id = ?, model = ?,
           preset_id = ?, settings = ?, runs = runs + ?, running = running + ? WHERE id = ?`,
      ).run(
        runs[0]?.messageId,
        first.startedAt,
        first.connectionId,
        first.model,
        first.presetId,
        JSON.stringify(target.settings),
        runs.length,
        runs.length,
        conversation,
      );
      if (target.kind === 'another_answer' || target.kind === 'edited_message') {
        markReplaced(db, conversation);
      }
      return { conversationId: conversation, questionId, runs };
    })
    .immediate();
}

/** The demo's connection goes for good when it is removed, and somebody may just be asking it. */
function mustBeThere(db: WriteDb, connection: number): void {
  if (statement(db, 'SELECT 1 FROM connection WHERE id = ?').get(connection)) return;
  throw new StoreError('not_found', `there is no connection ${connection}`);
}

/**
 * Commits the ledger row of a request for a conversation's title, before a byte of it leaves. Null, and
 * nothing is written, when the conversation does not wait for one: it is gone or in the trash, has a title
 * from its user, or was asked for one before.
 */
export function beginTitle(db: WriteDb, conversation: ConversationId, head: RunHead): RunId | null {
  return db
    .transaction((): RunId | null => {
      const title = titleToReplace(db, conversation);
      if (title === null) return null;
      const place = { conversationId: conversation, conversationTitle: title, messageId: null };
      countBegun(db, { conversation_id: conversation, purpose: 'title' }, head.startedAt);
      return insertRun(db, place, { ...head, purpose: 'title' });
    })
    .immediate();
}

/**
 * Ends a run that failed before any output and begins the next for the same answer, in one
 * transaction. The failed one keeps its row. Throws `conflict` when the run is not running any more.
 */
export function nextAttempt(
  db: WriteDb,
  id: RunId,
  outcome: RunOutcome,
  head: Omit<RunHead, 'attempt'>,
): RunId {
  return db
    .transaction((): RunId => {
      const failed = getRunning(db, id);
      if (!failed) throw new StoreError('conflict', `run ${id} has ended already`);
      finishRun(db, id, outcome);
      const next = insertRun(
        db,
        {
          conversationId: failed.conversation_id,
          conversationTitle: failed.conversation_title,
          messageId: failed.message_id,
        },
        { ...head, attempt: failed.attempt + 1 },
      );
      if (failed.message_id !== null) answerWith(db, failed.message_id, next);
      if (failed.conversation_id !== null) {
        countInConversation(db, failed, outcome);
        countBegun(db, failed, head.startedAt);
      }
      return next;
    })
    .immediate();
}

/**
 * Appends what arrived since the last checkpoint. Its cost does not grow with the answer. One that was
 * written although its caller was told otherwise is written again with all that has come since.
 */
export function checkpoint(
  db: WriteDb,
  id: RunId,
  position: number,
  events: readonly StreamEvent[],
): void {
  statement(
    db,
    `INSERT INTO run_journal (run_id, position, events) VALUES (?, ?, ?)
     ON CONFLICT (run_id, position) DO UPDATE SET events = excluded.events`,
  ).run(id, position, encodeEvents(events));
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
    const running = getRunning(db, id);
    if (!running) return;
    finishRun(db, id, outcome);
    writeAnswers(db, id, outcome.endedAt, answers);
    if (running.conversation_id === null) return;
    if (hasSiblings(db, id)) markReplaced(db, running.conversation_id);
    countInConversation(db, running, outcome);
    if (running.purpose === 'title') return;
    statement(db, 'UPDATE conversation SET unread = 1 WHERE id = ?').run(running.conversation_id);
  }).immediate();
}

interface Running {
  readonly conversation_id: ConversationId | null;
  readonly conversation_title: string;
  readonly message_id: MessageId | null;
  readonly attempt: number;
  readonly purpose: RunPurpose;
}

/** What an unended run belongs to; null when it has ended. Throws `not_found` when there is none. */
function getRunning(db: WriteDb, id: RunId): Running | null {
  const row = statement<Running & { readonly state: RunState }>(
    db,
    `SELECT conversation_id, conversation_title, message_id, attempt, purpose, state FROM run WHERE id = ?`,
  ).get(id);
  if (!row) throw new StoreError('not_found', `there is no run ${id}`);
  return row.state === 'running' ? row : null;
}

/** What the end of any run does to the ledger. */
function finishRun(db: WriteDb, id: RunId, outcome: RunOutcome): void {
  updateRun(db, id, outcome);
  statement(db, 'DELETE FROM run_journal WHERE run_id = ?').run(id);
  countInDay(db, id);
}

function answerWith(db: WriteDb, message: MessageId, run: RunId): void {
  statement(db, 'UPDATE message SET run_id = ? WHERE id = ?').run(run, message);
}

function insertConversation(
  db: WriteDb,
  target: Extract<RunTarget, { kind: 'new_conversation' }>,
  at: number,
  isDemo: boolean,
): ConversationId {
  const { lastInsertRowid } = statement(
    db,
    `INSERT INTO conversation (uid, title, is_demo, created_at, updated_at) VALUES (?, ?, ?, ?, ?)`,
  ).run(target.conversationUid, target.title, isDemo ? 1 : 0, at, at);
  return conversationId.parse(Number(lastInsertRowid));
}

/** One in the trash is not there: nobody would see the answer. */
function titleOf(db: WriteDb, conversation: ConversationId): string {
  const found = statement<{ title: string }>(
    db,
    'SELECT title FROM conversation WHERE id = ? AND deleted_at IS NULL',
  ).get(conversation);
  if (!found) throw new StoreError('not_found', `there is no conversation ${conversation}`);
  return found.title;
}

function questionOf(
  db: WriteDb,
  conversation: ConversationId,
  target: RunTarget,
  at: number,
): MessageId {
  if (target.kind === 'another_answer') {
    const question = parentOf(db, conversation, target.messageId, 'assistant');
    if (question === null || !isQuestion(db, question)) {
      throw new StoreError('not_found', `there is no question to ${target.messageId}`);
    }
    return question;
  }
  const question = insertMessage(db, {
    conversationId: conversation,
    parentId: placeOf(db, conversation, target, at),
    role: 'user',
    runId: null,
    at,
    parts: spoken(target.text),
  });
  writeImages(db, question, target.images);
  return question;
}

/** What a new message of the user's follows; null where it is the first. */
function placeOf(
  db: WriteDb,
  conversation: ConversationId,
  target: Exclude<RunTarget, { kind: 'another_answer' }>,
  at: number,
): MessageId | null {
  switch (target.kind) {
    case 'new_conversation':
      return target.opening.reduce<MessageId | null>(
        (parentId, { role, text }) =>
          insertMessage(db, {
            conversationId: conversation,
            parentId,
            role,
            runId: null,
            at,
            parts: spoken(text),
          }),
        null,
      );
    case 'next_message': {
      const leaf = statement<{ active_leaf_id: MessageId | null }>(
        db,
        'SELECT active_leaf_id FROM conversation WHERE id = ?',
      ).get(conversation);
      return leaf?.active_leaf_id ?? null;
    }
    case 'edited_message':
      return parentOf(db, conversation, target.messageId, 'user');
  }
}

/** What a message follows. Throws `not_found` when there is no such message in the conversation. */
function parentOf(
  db: WriteDb,
  conversation: ConversationId,
  id: MessageId,
  role: 'user' | 'assistant',
): MessageId | null {
  const found = statement<{ parent_id: MessageId | null }>(
    db,
    `SELECT parent_id FROM message
     WHERE id = ? AND conversation_id = ? AND role = ? AND deleted_at IS NULL`,
  ).get(id, conversation, role);
  if (!found) throw new StoreError('not_found', `there is no message ${id}`);
  return found.parent_id;
}

/** What an answer follows may have been deleted; it then follows what was before that. */
function isQuestion(db: WriteDb, message: MessageId): boolean {
  return (
    statement(db, "SELECT 1 FROM message WHERE id = ? AND role = 'user'").get(message) !== undefined
  );
}

function spoken(text: string): AnswerPart[] {
  return text === '' ? [] : [{ kind: 'text', text, name: null }];
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

/** A title is no use of the conversation: it stays where it is in the lists. */
function usedAt({ purpose }: Pick<Running, 'purpose'>, at: number): number {
  return purpose === 'title' ? 0 : at;
}

type Counted = Pick<Running, 'conversation_id' | 'purpose'>;

function countBegun(db: WriteDb, run: Counted, at: number): void {
  statement(
    db,
    `UPDATE conversation SET runs = runs + 1, running = running + 1,
       updated_at = max(updated_at, ?) WHERE id = ?`,
  ).run(usedAt(run, at), run.conversation_id);
}

function countInConversation(db: WriteDb, run: Counted, outcome: RunOutcome): void {
  const estimated = outcome.costSource === 'estimated';
  statement(
    db,
    `UPDATE conversation SET running = running - 1, unknown_runs = unknown_runs + ?,
       cost_nanousd = cost_nanousd + ?, estimated_nanousd = estimated_nanousd + ?,
       updated_at = max(updated_at, ?)
     WHERE id = ?`,
  ).run(
    outcome.cost === null ? 1 : 0,
    estimated ? 0n : (outcome.cost ?? 0n),
    estimated ? (outcome.cost ?? 0n) : 0n,
    usedAt(run, outcome.endedAt),
    run.conversation_id,
  );
}

/** Events as text: usage holds money, which JSON cannot, so it goes as a string. */
function encodeEvents(events: readonly StreamEvent[]): string {
  return JSON.stringify(events, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
}
