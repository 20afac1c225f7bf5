import { describe, expect, it } from 'vitest';
import type { ReadDb, WriteDb } from '../../electron/store/connection';
import { getConversation, selectBranch } from '../../electron/store/queries/conversations';
import {
  purgeMessages,
  removeMessages,
  restoreMessages,
} from '../../electron/store/queries/message-removal';
import { endRun } from '../../electron/store/queries/run-life';
import { findConversations } from '../../electron/store/queries/search';
import type { RemovedMessages } from '../../shared/contract/conversation';
import { type ConversationId, type MessageId, messageId } from '../../shared/ids';
import { answerText } from '../../shared/run-view';
import fc from '../fixtures/fast-check';
import {
  anotherAnswer,
  type BegunRun,
  begin,
  beginRun,
  connect,
  editedMessage,
  NOON,
  nextMessage,
  outcome,
  runHead,
  say,
} from '../fixtures/ledger';
import { connections } from '../fixtures/store';

/** A conversation of some questions called q1, q2 … and their answers a1, a2 …. */
function talked(questions: number) {
  const { writer, reader } = connections();
  const connection = connect(writer);
  const answered = (run: BegunRun, text: string): BegunRun => {
    endRun(writer, run.runId, outcome(), [say(text)]);
    return run;
  };
  const first = answered(begin(writer, connection, 'q1'), 'a1');
  const id = first.conversationId;
  const runs = [first];
  const next = (text: string, answer: string) =>
    answered(beginRun(writer, nextMessage(id, text), runHead(connection)), answer);
  for (let at = 2; at <= questions; at += 1) runs.push(next(`q${at}`, `a${at}`));
  const again = (message: MessageId, answer: string) =>
    answered(beginRun(writer, anotherAnswer(id, message), runHead(connection)), answer);
  const edited = (message: MessageId, text: string, answer: string) =>
    answered(beginRun(writer, editedMessage(id, message, text), runHead(connection)), answer);
  const shown = () => getConversation(reader, id).messages.map(({ parts }) => answerText(parts));
  const remove = (message: MessageId, following = false) =>
    removeMessages(writer, id, message, following, NOON);
  return { writer, reader, connection, id, runs, next, again, edited, shown, remove };
}

function of<Item>(items: readonly Item[], at: number): Item {
  const item = items[at];
  if (item === undefined) throw new Error(`there is no item ${at}`);
  return item;
}

function isFound(db: ReadDb, word: string): boolean {
  const words = [{ text: word, open: false }];
  return findConversations(db, { words, without: [], filters: [] }, 0, 5).hits.some(({ excerpt }) =>
    excerpt.some(({ hit }) => hit),
  );
}

describe('a message that is deleted alone', () => {
  it('leaves what follows it, and comes back to its place', () => {
    const { writer, id, runs, shown, remove } = talked(3);
    const removed = remove(of(runs, 1).questionId);
    expect(shown()).toEqual(['q1', 'a1', 'a2', 'q3', 'a3']);
    restoreMessages(writer, id, removed);
    expect(shown()).toEqual(['q1', 'a1', 'q2', 'a2', 'q3', 'a3']);
  });

  it('at the end shows what was before it, or another version of it', () => {
    const { writer, id, runs, shown, remove, again } = talked(2);
    const other = again(of(runs, 1).messageId, 'other');
    const removed = remove(other.messageId);
    expect(shown()).toEqual(['q1', 'a1', 'q2', 'a2']);
    remove(of(runs, 1).messageId);
    expect(shown()).toEqual(['q1', 'a1', 'q2']);
    restoreMessages(writer, id, removed);
    expect(shown()).toEqual(['q1', 'a1', 'q2', 'other']);
  });

  it('leaves a conversation without a message when it was the only one', () => {
    const { writer, id, runs, shown, remove } = talked(1);
    const answer = remove(of(runs, 0).messageId);
    const question = remove(of(runs, 0).questionId);
    expect(shown()).toEqual([]);
    restoreMessages(writer, id, question);
    restoreMessages(writer, id, answer);
    expect(shown()).toEqual(['q1', 'a1']);
  });

  it('hides no branch: what followed it is a version of what it was a version of', () => {
    const { reader, id, runs, shown, remove, edited } = talked(2);
    edited(of(runs, 0).questionId, 'changed', 'also');
    remove(of(runs, 0).questionId);
    const [first] = getConversation(reader, id).messages;
    expect(shown()).toEqual(['changed', 'also']);
    expect(first?.siblings).toEqual([of(runs, 0).messageId, first?.id]);
  });

  it('is not asked again when it was the question', () => {
    const { runs, remove, again } = talked(2);
    remove(of(runs, 1).questionId);
    expect(() => again(of(runs, 1).messageId, 'x')).toThrow(
      expect.objectContaining({ kind: 'not_found' }),
    );
  });
});

describe('a message that is deleted with all that follows', () => {
  it('takes every branch below it along, and brings them back', () => {
    const { writer, id, runs, shown, remove, edited } = talked(3);
    edited(of(runs, 2).questionId, 'changed', 'also');
    const removed = remove(of(runs, 1).questionId, true);
    expect(removed.messages).toHaveLength(6);
    expect(shown()).toEqual(['q1', 'a1']);
    restoreMessages(writer, id, removed);
    expect(shown()).toEqual(['q1', 'a1', 'q2', 'a2', 'changed', 'also']);
    selectBranch(writer, id, of(runs, 2).questionId);
    expect(shown()).toEqual(['q1', 'a1', 'q2', 'a2', 'q3', 'a3']);
  });

  it('comes back behind what is left of what it followed', () => {
    const { writer, id, runs, shown, remove } = talked(3);
    const inner = remove(of(runs, 2).questionId, true);
    remove(of(runs, 1).questionId, true);
    restoreMessages(writer, id, inner);
    expect(shown()).toEqual(['q1', 'a1', 'q3', 'a3']);
  });
});

describe('deleting a message', () => {
  it('comes back behind what it followed, also when that was deleted after it and comes back last', () => {
    const { reader, writer, id, runs, remove, shown } = talked(4);
    const tree = () => reader.prepare('SELECT id, parent_id FROM message ORDER BY id').all();
    const before = tree();
    const last = remove(of(runs, 3).questionId, true);
    const middle = remove(of(runs, 1).messageId, true);
    restoreMessages(writer, id, last);
    expect(shown()).toEqual(['q1', 'a1', 'q2', 'q4', 'a4']);
    restoreMessages(writer, id, middle);
    expect(tree()).toEqual(before);
  });

  it('is refused while it is being answered, and for what is not there', () => {
    const { writer, id, connection, remove } = talked(1);
    const running = beginRun(writer, nextMessage(id, 'q2'), runHead(connection));
    const conflict = expect.objectContaining({ kind: 'conflict' });
    expect(() => remove(running.messageId)).toThrow(conflict);
    expect(() => remove(running.questionId, true)).toThrow(conflict);
    const missing = expect.objectContaining({ kind: 'not_found' });
    expect(() => remove(messageId.parse(99))).toThrow(missing);
    const removed = remove(messageId.parse(1));
    expect(() => remove(messageId.parse(1))).toThrow(missing);
    purgeMessages(writer, NOON + 1, 10);
    expect(() => restoreMessages(writer, id, removed)).toThrow(missing);
  });

  it('takes its words out of the search until it is back', () => {
    const { writer, reader, id, runs, remove } = talked(2);
    const removed = remove(of(runs, 1).messageId);
    expect(isFound(reader, 'a2')).toBe(false);
    expect(isFound(reader, 'a1')).toBe(true);
    restoreMessages(writer, id, removed);
    expect(isFound(reader, 'a2')).toBe(true);
  });

  it('keeps its cost in every total, also when it is deleted for good', () => {
    const { writer, reader, id, runs, remove } = talked(2);
    const before = getConversation(reader, id).total;
    remove(of(runs, 0).questionId, true);
    expect(getConversation(reader, id).total).toEqual(before);
    expect(purgeMessages(writer, NOON, 10).messages).toBe(0);
    expect(purgeMessages(writer, NOON + 1, 3).messages).toBe(3);
    expect(purgeMessages(writer, NOON + 1, 3).messages).toBe(1);
    expect(purgeMessages(writer, NOON + 1, 3).messages).toBe(0);
    expect(getConversation(reader, id).total).toEqual(before);
    const runRows = reader.prepare<[], number>("SELECT count(*) FROM run WHERE waste = 'deleted'");
    expect(runRows.pluck().get()).toBe(2);
    writer.prepare("INSERT INTO message_fts (message_fts) VALUES ('integrity-check')").run();
  });
});

/** Each message that is there with what it follows, and the leaf. */
function treeOf(db: WriteDb, id: ConversationId) {
  const rows = db
    .prepare<[ConversationId], { id: number; parent_id: number | null }>(
      `SELECT id, parent_id FROM message WHERE conversation_id = ? AND deleted_at IS NULL
       ORDER BY id`,
    )
    .all(id);
  const leaf = db
    .prepare<[ConversationId], number | null>(
      'SELECT active_leaf_id FROM conversation WHERE id = ?',
    )
    .pluck()
    .get(id);
  const runs = db.prepare('SELECT id, waste FROM run ORDER BY id').all();
  return { rows, leaf, runs };
}

const step = fc.record({
  kind: fc.constantFrom('delete', 'delete', 'ask', 'again', 'edit', 'show'),
  which: fc.nat(20),
  following: fc.boolean(),
});

describe('any deletions, questions and changes', () => {
  it('keep the tree whole, lose nothing but what was deleted, and undone in reverse are as if they had not been', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        const { writer, id, next, again, edited, remove } = talked(2);
        const undo: { readonly removed: RemovedMessages; readonly tree: unknown }[] = [];
        for (const { kind, which, following } of steps) {
          const { rows } = treeOf(writer, id);
          const chosen = rows[which % Math.max(1, rows.length)];
          const message = messageId.parse(chosen?.id ?? 1);
          if (kind === 'delete' && chosen) {
            const tree = treeOf(writer, id);
            const removed = remove(message, following);
            undo.push({ removed, tree });
            const left = treeOf(writer, id).rows.map((row) => row.id);
            expect(left).toEqual(
              tree.rows.flatMap((row) =>
                removed.messages.some((gone) => gone === row.id) ? [] : [row.id],
              ),
            );
          } else if (kind === 'show' && chosen) {
            selectBranch(writer, id, message);
            undo.length = 0;
          } else {
            try {
              if (kind === 'again') again(message, 'x');
              else if (kind === 'edit') edited(message, 'x', 'y');
              else next('x', 'y');
            } catch {
              // Not every message can be asked again or changed.
            }
            undo.length = 0;
          }
          expectWhole(treeOf(writer, id));
        }
        for (const { removed, tree } of undo.reverse()) {
          restoreMessages(writer, id, removed);
          expect(treeOf(writer, id)).toEqual(tree);
        }
      }),
      { numRuns: 60 },
    );
  });
});

function expectWhole({ rows, leaf }: ReturnType<typeof treeOf>): void {
  const ids = new Set(rows.map((row) => row.id));
  for (const { parent_id } of rows) expect(parent_id === null || ids.has(parent_id)).toBe(true);
  if (rows.length === 0) expect(leaf).toBeNull();
  else {
    expect(ids.has(leaf ?? 0)).toBe(true);
    expect(rows.some(({ parent_id }) => parent_id === leaf)).toBe(false);
  }
}
