import { describe, expect, it } from 'vitest';
import { listConversations } from '../../electron/store/queries/conversation-list';
import { getConversation } from '../../electron/store/queries/conversations';
import { answersTo, branchTo } from '../../electron/store/queries/messages';
import { beginRuns, endRun } from '../../electron/store/queries/run-life';
import { messageId } from '../../shared/ids';
import {
  anotherAnswer,
  begin,
  beginRun,
  connect,
  editedMessage,
  newConversation,
  nextMessage,
  outcome,
  refused,
  runHead,
  say,
} from '../fixtures/ledger';
import { connections, ledgerRows } from '../fixtures/store';

const NOT_FOUND = expect.objectContaining({ kind: 'not_found' });

describe('runs side by side', () => {
  it('begin in one step, each with its own answer and row', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const heads = ['gpt-4o', 'claude', 'mistral'].map((model) =>
      runHead(connection, { model, fanOut: 'together' }),
    );
    const sent = beginRuns(writer, newConversation('Which?'), heads);
    const answers = sent.runs.map((run) => run.messageId);
    const { messages, total, model } = getConversation(reader, sent.conversationId);
    expect(messages).toMatchObject([
      { id: sent.questionId, siblings: [sent.questionId] },
      { id: answers[0], siblings: answers },
    ]);
    expect(model).toBe('gpt-4o');
    expect(total).toMatchObject({ runs: 3, running: 3 });
    expect(answersTo(reader, sent.runs[1]?.messageId ?? sent.questionId)).toMatchObject(
      sent.runs.map((run, at) => ({
        id: run.messageId,
        parentId: sent.questionId,
        siblings: answers,
        parts: [],
        attempts: [],
        run: {
          id: run.runId,
          state: 'running',
          fanOut: 'together',
          requestedModel: heads[at]?.model,
        },
      })),
    );
  });

  it('end each by itself', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const { runs, conversationId } = beginRuns(writer, newConversation('Which?'), [
      runHead(connection),
      runHead(connection),
    ]);
    const [one, two] = runs;
    if (!one || !two) throw new Error('two were begun');
    endRun(writer, two.runId, outcome(), [say('two')]);
    expect(getConversation(reader, conversationId).total).toMatchObject({ runs: 2, running: 1 });
    endRun(writer, one.runId, refused(), []);
    expect(getConversation(reader, conversationId).total).toMatchObject({
      runs: 2,
      running: 0,
      unknown: 0,
      known: 1_878_000n,
    });
    expect(answersTo(reader, one.messageId)).toMatchObject([
      { parts: [], run: { state: 'failed' } },
      { parts: say('two'), run: { state: 'complete' } },
    ]);
  });

  it('begin all or none', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const before = ledgerRows(reader);
    const twice = [runHead(connection, { uid: 'twice' }), runHead(connection, { uid: 'twice' })];
    expect(() => beginRuns(writer, newConversation('x'), twice)).toThrow(/UNIQUE/);
    expect(() => beginRuns(writer, newConversation('x'), [])).toThrow(/no run to begin/);
    expect(ledgerRows(reader)).toEqual(before);
  });

  it('make a conversation that costs real money unless all are of the demo', () => {
    const { writer, reader } = connections();
    const real = runHead(connect(writer));
    const demo = runHead(connect(writer, 'Demo', true), { isDemo: true });
    beginRuns(writer, newConversation('mixed'), [demo, real]);
    beginRuns(writer, newConversation('demo'), [{ ...demo, uid: 'a' }]);
    const { items } = listConversations(reader, 0, 9);
    expect(items.map(({ title, isDemo }) => [title, isDemo])).toEqual([
      ['demo', true],
      ['mixed', false],
    ]);
  });

  it('leave out answers that were deleted', () => {
    const { writer, reader } = connections();
    const head = runHead(connect(writer));
    const { runs, questionId } = beginRuns(
      writer,
      newConversation('x'),
      ['a', 'b', 'c'].map((uid) => ({ ...head, uid })),
    );
    const [one, two, three] = runs.map((run) => run.messageId);
    if (!one || !two || !three) throw new Error('three were begun');
    writer.prepare('UPDATE message SET deleted_at = 1 WHERE id = ?').run(two);
    expect(answersTo(reader, one).map(({ id }) => id)).toEqual([one, three]);
    expect(branchTo(reader, three)[1]?.siblings).toEqual([one, three]);
    expect(() => answersTo(reader, two)).toThrow(NOT_FOUND);
    expect(() => answersTo(reader, messageId.parse(999))).toThrow(NOT_FOUND);
    expect(answersTo(reader, questionId).map(({ id }) => id)).toEqual([questionId]);
  });
});

describe('reading a branch', () => {
  it('takes as many statements for a long one as for a short one, each by an index', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const first = begin(writer, connection);
    let last = first;
    for (let at = 0; at < 20; at += 1) {
      last = beginRun(writer, nextMessage(first.conversationId, `${at}`), runHead(connection));
    }
    beginRun(writer, anotherAnswer(first.conversationId, last.messageId), runHead(connection));

    const texts: string[] = [];
    let statements = 0;
    const prepare = reader.prepare.bind(reader);
    Object.assign(reader, {
      prepare: (text: string) => {
        texts.push(text);
        const prepared = prepare<unknown[]>(text);
        const all = prepared.all.bind(prepared);
        return Object.assign(prepared, {
          all: (...values: unknown[]) => {
            statements += 1;
            return all(...values);
          },
        });
      },
    });
    const counted = (read: () => unknown) => {
      statements = 0;
      read();
      return statements;
    };
    const short = counted(() => branchTo(reader, first.messageId));
    expect(short).toBeGreaterThan(0);
    expect(counted(() => branchTo(reader, last.messageId))).toBe(short);
    expect(counted(() => answersTo(reader, last.messageId))).toBe(short);

    const plan = texts.flatMap((text) =>
      prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
        .all(...Array.from({ length: text.split('?').length - 1 }, () => null))
        .map(({ detail }) => detail),
    );
    const slow = /^SCAN (message|part|run|attachment)\b|message_by_parent \(conversation_id=\?\)$/;
    expect(plan.filter((detail) => slow.test(detail))).toEqual([]);
  });
});

describe('a changed message', () => {
  it('stands beside the one that was sent, also where that is the first', () => {
    const { writer, reader } = connections();
    const head = runHead(connect(writer));
    const opening = [{ role: 'assistant', text: 'Ahoy' }] as const;
    const sent = beginRun(writer, newConversation('x', { opening }), head);
    const { conversationId: id, questionId } = sent;
    const edited = beginRun(writer, editedMessage(id, questionId, 'y'), { ...head, uid: 'b' });
    const [first, second] = getConversation(reader, id).messages;
    expect(first).toMatchObject({
      role: 'assistant',
      parts: say('Ahoy'),
      parentId: null,
      run: null,
    });
    expect(second).toMatchObject({ parts: say('y'), siblings: [questionId, edited.questionId] });
    if (!first) throw new Error('there is no opening');

    const root = beginRun(writer, newConversation('x'), { ...head, uid: 'c' });
    const again = editedMessage(root.conversationId, root.questionId, 'y');
    beginRun(writer, again, { ...head, uid: 'd' });
    const [question] = getConversation(reader, root.conversationId).messages;
    expect(question).toMatchObject({ parentId: null, siblings: { length: 2 } });

    const before = ledgerRows(reader);
    for (const wrong of [
      editedMessage(id, sent.messageId, 'an answer'),
      editedMessage(id, first.id, 'an answer of the opening'),
      editedMessage(root.conversationId, questionId, 'of another conversation'),
      editedMessage(id, messageId.parse(999), 'nowhere'),
    ]) {
      expect(() => beginRun(writer, wrong, { ...head, uid: 'e' })).toThrow(NOT_FOUND);
    }
    expect(ledgerRows(reader)).toEqual(before);
  });
});
