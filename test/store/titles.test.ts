import { describe, expect, it } from 'vitest';
import { listConversations } from '../../electron/store/queries/conversation-list';
import { markRead, renameConversation } from '../../electron/store/queries/conversations';
import { answeredRuns, estimateAccuracy } from '../../electron/store/queries/estimates';
import { modelRecords } from '../../electron/store/queries/model-records';
import { beginTitle, endRun, nextAttempt } from '../../electron/store/queries/run-life';
import { wastedSpending } from '../../electron/store/queries/spending-waste';
import { firstExchange, giveTitle } from '../../electron/store/queries/titles';
import { conversationId } from '../../shared/ids';
import { nano } from '../../shared/money';
import { importFileOf } from '../fixtures/importing';
import {
  anotherAnswer,
  begin,
  beginRun,
  connect,
  NOON,
  newConversation,
  nextMessage,
  outcome,
  refused,
  runHead,
  say,
} from '../fixtures/ledger';
import { connections } from '../fixtures/store';

const LATER = NOON + 60_000;
const ABOUT = { low: nano(1n), high: nano(2n), basis: 'ledger' } as const;

/** A conversation whose first answer was read. */
function answered() {
  const store = connections();
  const connection = connect(store.writer);
  const { conversationId, runId } = begin(store.writer, connection);
  endRun(store.writer, runId, outcome(), [say('Because.')]);
  markRead(store.writer, conversationId);
  const head = runHead(connection, { startedAt: LATER, purpose: 'title', estimate: ABOUT });
  const end = outcome({ endedAt: LATER + 1, cost: nano(2_000n), completionTokens: 4 });
  const summary = () => listConversations(store.reader, 0, 1).items[0];
  return { ...store, connection, conversationId, head, end, summary };
}

describe('a request for a title', () => {
  it('counts in its conversation, which it leaves read and where it is', () => {
    const { writer, conversationId, head, end, summary } = answered();
    const before = summary();
    const id = beginTitle(writer, conversationId, head);
    expect(summary()).toMatchObject({ total: { runs: 2, running: 1 } });
    if (id === null) throw new Error('it was not begun');
    const next = nextAttempt(writer, id, refused({ endedAt: LATER }), { ...head, uid: 'two' });
    expect(summary()).toMatchObject({ total: { runs: 3, running: 1 } });
    endRun(writer, next, end, [say('Blue')]);
    expect(summary()).toEqual({
      ...before,
      total: { known: 1_880_000n, estimated: 0n, unknown: 0, running: 0, runs: 3 },
    });
    expect(writer.prepare('SELECT count(*) FROM message').pluck().get()).toBe(2);
  });

  it('is begun once, and not where the user has named the conversation', () => {
    const { writer, conversationId, head, end } = answered();
    renameConversation(writer, conversationId, 'Mine');
    expect(beginTitle(writer, conversationId, head)).toBeNull();
    writer.prepare("UPDATE conversation SET title_source = 'rule'").run();
    const id = beginTitle(writer, conversationId, head);
    if (id === null) throw new Error('it was not begun');
    expect(beginTitle(writer, conversationId, { ...head, uid: 'two' })).toBeNull();
    endRun(writer, id, end, []);
    expect(beginTitle(writer, conversationId, { ...head, uid: 'two' })).toBeNull();
  });

  it('is no waste for having no message', () => {
    const { writer, reader, conversationId, head, end } = answered();
    const id = beginTitle(writer, conversationId, head);
    if (id === null) throw new Error('it was not begun');
    endRun(writer, id, end, [say('Blue')]);
    const everything = { from: null, to: null, demo: false, only: {} };
    const wasted = wastedSpending(reader, everything, { today: '2024-10-21', timeZone: 'UTC' });
    expect(Object.values(wasted).map(({ runs }) => runs)).toEqual([0, 0, 0, 0]);
  });

  it('says nothing of what an answer will cost, or how a model does', () => {
    const { writer, reader, connection, conversationId, head, end } = answered();
    const known = () => [
      answeredRuns(reader, connection, 'gpt-4o'),
      estimateAccuracy(reader, false),
      modelRecords(reader, connection, 0).map(({ meanCost, firstTokenMs }) => [
        meanCost,
        firstTokenMs,
      ]),
    ];
    const before = known();
    const id = beginTitle(writer, conversationId, head);
    if (id === null) throw new Error('it was not begun');
    endRun(writer, id, end, [say('Blue')]);
    expect(known()).toEqual(before);
  });

  it('stays one', () => {
    const { writer } = answered();
    const change = () => writer.prepare("UPDATE run SET purpose = 'title'").run();
    expect(change).toThrow('what a run is for is known before it');
  });
});

describe('the first exchange', () => {
  const next = { startedAt: LATER, uid: 'next' };

  it('is none in a conversation of a file, also where that says no times', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    importFileOf(
      writer,
      JSON.stringify([
        { role: 'user', content: 'Why is the sky blue?' },
        { role: 'assistant', content: 'Because of scattering.' },
      ]),
    );
    const [one] = reader.prepare<[], number>('SELECT id FROM conversation').pluck().all();
    const id = conversationId.parse(one);
    const run = beginRun(writer, nextMessage(id, 'And at night?'), runHead(connection, next));
    endRun(writer, run.runId, outcome({ endedAt: LATER + 1 }), [say('Black.')]);
    expect(firstExchange(reader, id, run.questionId, [run.messageId])).toBeNull();
  });

  it('is what was said, in any script', () => {
    const { writer, reader } = connections();
    const question = '为什么天空是蓝色的？ Why?';
    const first = beginRun(writer, newConversation(question), runHead(connect(writer)));
    endRun(writer, first.runId, outcome(), [say('因为散射。')]);
    const { conversationId: id, questionId, messageId } = first;
    expect(firstExchange(reader, id, questionId, [messageId])).toMatchObject({
      question,
      answer: '因为散射。',
    });
  });

  it('is one behind what a preset says first, also after an answer that was stopped', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const opening = [{ role: 'assistant', text: 'What is it about?' }] as const;
    const first = beginRun(writer, newConversation('Sky', { opening }), runHead(connection));
    endRun(writer, first.runId, outcome({ state: 'stopped' }), [say('It')]);
    const second = beginRun(
      writer,
      anotherAnswer(first.conversationId, first.messageId),
      runHead(connection, next),
    );
    endRun(writer, second.runId, outcome({ endedAt: LATER + 1 }), [say('It is blue.')]);
    const { conversationId: id, questionId, messageId } = second;
    expect(firstExchange(reader, id, questionId, [messageId])?.answer).toBe('It is blue.');
  });
});

describe('a title that came', () => {
  it('takes the place of a title by rule, once, and never of one by the user', () => {
    const { writer, conversationId, summary } = answered();
    expect(giveTitle(writer, conversationId, 'Blue')).toBe(true);
    expect(giveTitle(writer, conversationId, 'Other')).toBe(false);
    expect(summary()?.title).toBe('Blue');
    renameConversation(writer, conversationId, 'Mine');
    expect(giveTitle(writer, conversationId, 'Other')).toBe(false);
    expect(summary()?.title).toBe('Mine');
  });
});
