import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { WriteDb } from '../../electron/store/connection';
import { listComparisons } from '../../electron/store/queries/comparisons';
import { removeConversations } from '../../electron/store/queries/conversations';
import { removeMessages } from '../../electron/store/queries/message-removal';
import { purgeConversations } from '../../electron/store/queries/purge';
import { beginRuns, endRun, nextAttempt } from '../../electron/store/queries/run-life';
import type { ConnectionId } from '../../shared/ids';
import {
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

function askAll(writer: WriteDb, connection: ConnectionId, text: string, models: string[]) {
  const fanOut = randomUUID();
  const heads = models.map((model) => runHead(connection, { model, fanOut }));
  return beginRuns(writer, newConversation(text), heads);
}

describe('the comparisons', () => {
  it('are the messages that went to several, the newest first, with how each did', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const first = askAll(writer, connection, 'sky?', ['a', 'b']);
    begin(writer, connection, 'alone');
    const second = askAll(writer, connection, 'sea?', ['c', 'd', 'e']);
    for (const { runId } of first.runs) endRun(writer, runId, outcome(), [say('x'), say('y')]);
    const { items, count } = listComparisons(reader, 0, 10);
    expect(count).toBe(2);
    expect(items).toMatchObject([
      { question: 'sea?', questionId: second.questionId, conversationId: second.conversationId },
      {
        question: 'sky?',
        title: 'sky?',
        at: NOON,
        answers: [
          { messageId: first.runs[0]?.messageId, chosen: false, run: { requestedModel: 'a' } },
          { run: { requestedModel: 'b', state: 'complete', cost: 1_878_000n } },
        ],
      },
    ]);
    expect(items[0]?.answers.map(({ run }) => run.requestedModel)).toEqual(['c', 'd', 'e']);
    expect(listComparisons(reader, 1, 10).items).toEqual([items[1]]);
    expect(listComparisons(reader, 2, 10)).toEqual({ items: [], count: 2 });
  });

  it('say which answer the conversation went on from', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const { conversationId } = askAll(writer, connection, 'sky?', ['a', 'b']);
    beginRun(writer, nextMessage(conversationId, 'more'), runHead(connection));
    const chosen = () => listComparisons(reader, 0, 9).items[0]?.answers.map((one) => one.chosen);
    expect(chosen()).toEqual([true, false]);
  });

  it('have one answer where it took several attempts: the last', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const { runs } = askAll(writer, connection, 'sky?', ['a', 'b']);
    const [first] = runs;
    if (!first) throw new Error('nothing was asked');
    const { fanOut } = listComparisons(reader, 0, 1).items[0]?.answers[0]?.run ?? { fanOut: null };
    nextAttempt(writer, first.runId, refused(), runHead(connection, { model: 'a', fanOut }));
    expect(listComparisons(reader, 0, 9).items[0]?.answers).toMatchObject([
      { run: { attempt: 2, state: 'running' } },
      { run: { attempt: 1 } },
    ]);
  });

  it('are none any more once the question was deleted alone, on any page', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const first = askAll(writer, connection, 'sky?', ['a', 'b']);
    for (const { runId } of first.runs) endRun(writer, runId, outcome(), [say('x')]);
    const { conversationId } = first;
    const head = (model: string) => runHead(connection, { model, fanOut: 'later' });
    const later = beginRuns(writer, nextMessage(conversationId, 'sea?'), [head('c'), head('d')]);
    removeMessages(writer, conversationId, later.questionId, false, NOON);
    expect(listComparisons(reader, 0, 9)).toMatchObject({
      items: [{ question: 'sky?' }],
      count: 1,
    });
    removeMessages(writer, conversationId, first.questionId, false, NOON);
    expect(listComparisons(reader, 0, 9)).toEqual({ items: [], count: 0 });
  });

  it('are not of the trash', () => {
    const { writer, reader } = connections();
    const { conversationId } = askAll(writer, connect(writer), 'sky?', ['a', 'b']);
    removeConversations(writer, [conversationId], NOON);
    expect(listComparisons(reader, 0, 9)).toEqual({ items: [], count: 0 });
    purgeConversations(writer, [conversationId]);
    expect(listComparisons(reader, 0, 9)).toEqual({ items: [], count: 0 });
  });
});
