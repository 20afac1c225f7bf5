import { describe, expect, it } from 'vitest';
import { getConversation, markRead } from '../../electron/store/queries/conversations';
import { answersTo, branchTo } from '../../electron/store/queries/messages';
import { checkpoint, endRun, nextAttempt } from '../../electron/store/queries/run-life';
import { spendingBetween } from '../../electron/store/queries/spending';
import { type RunId, runId } from '../../shared/ids';
import { begin, connect, NOON, outcome, refused, runHead, say } from '../fixtures/ledger';
import { connections, ledgerRows } from '../fixtures/store';

const NOT_FOUND = expect.objectContaining({ kind: 'not_found' });

describe('the next attempt', () => {
  it('ends the failed run as it was and answers in its place', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const first = begin(writer, connection, 'x', {
      parameters: '{"seed":7,"temperature":1}',
      fanOut: 'f',
    });
    checkpoint(writer, first.runId, 0, [
      { type: 'served', completionId: 'c', model: null, provider: null },
    ]);
    const head = runHead(connection, {
      startedAt: NOON + 9_000,
      day: '2024-10-22',
      fanOut: 'f',
      provider: 'openai',
      parameters: '{"temperature":1}',
      adaptations: '[{"action":"leave_out","field":"seed"}]',
      answers: 2,
      votes: 3,
      models: 4,
    });
    const second = nextAttempt(writer, first.runId, refused({ endedAt: NOON + 500 }), head);
    const failed = {
      id: first.runId,
      state: 'failed',
      attempt: 1,
      failure: { code: 'rate_limited', status: 429 },
      parameters: { seed: 7, temperature: 1 },
      adaptations: [],
      cost: 0n,
      costSource: 'none',
    };
    expect(reader.prepare('SELECT count(*) FROM run_journal').pluck().get()).toBe(0);
    expect(branchTo(reader, first.messageId)[1]).toMatchObject({
      parts: [],
      attempts: [failed],
      run: {
        id: second,
        state: 'running',
        attempt: 2,
        fanOut: 'f',
        requestedProvider: 'openai',
        parameters: { temperature: 1 },
        adaptations: [{ action: 'leave_out', field: 'seed' }],
        answers: 2,
        votes: 3,
        models: 4,
        startedAt: NOON + 9_000,
      },
    });
    expect(getConversation(reader, first.conversationId)).toMatchObject({
      updatedAt: NOON + 9_000,
      unread: false,
      total: { runs: 2, running: 1, unknown: 0, known: 0n },
    });

    const third = nextAttempt(
      writer,
      second,
      refused({ cost: null, costSource: 'unknown' }),
      runHead(connection, { day: '2024-10-22' }),
    );
    endRun(writer, third, outcome(), [say('At last')]);
    expect(branchTo(reader, first.messageId)[1]).toMatchObject({
      parts: say('At last'),
      attempts: [failed, { id: second, attempt: 2, state: 'failed', cost: null }],
      run: { id: third, attempt: 3, state: 'complete', adaptations: [] },
    });
    expect(getConversation(reader, first.conversationId).total).toMatchObject({
      runs: 3,
      running: 0,
      unknown: 1,
      known: 1_878_000n,
    });
    expect(spendingBetween(reader, '2024-10-21', '2024-10-21', false)).toMatchObject({ runs: 1 });
    expect(spendingBetween(reader, '2024-10-22', '2024-10-22', false)).toMatchObject({
      runs: 2,
      unknown: 1,
      known: 1_878_000n,
    });
  });

  it('after one that has ended, or never was, is refused and changes nothing', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const { runId: id } = begin(writer, connection);
    endRun(writer, id, outcome({ state: 'stopped' }), []);
    const before = ledgerRows(reader);
    const attempt = (after: RunId) => () =>
      nextAttempt(writer, after, refused(), runHead(connection));
    expect(attempt(id)).toThrow(expect.objectContaining({ kind: 'conflict' }));
    expect(attempt(runId.parse(999))).toThrow(NOT_FOUND);
    expect(ledgerRows(reader)).toEqual(before);
  });

  it('that cannot be entered leaves the run as it was', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const { runId: id } = begin(writer, connection, 'x', { uid: 'twice' });
    const before = ledgerRows(reader);
    const head = runHead(connection, { uid: 'twice' });
    expect(() => nextAttempt(writer, id, refused(), head)).toThrow(/UNIQUE/);
    expect(ledgerRows(reader)).toEqual(before);
  });

  it('is made and counted where the conversation went meanwhile', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const { runId: id } = begin(writer, connection, 'Gone');
    writer.prepare('DELETE FROM conversation').run();
    const next = nextAttempt(writer, id, refused(), runHead(connection));
    endRun(writer, next, outcome(), [say('x')]);
    expect(
      reader.prepare('SELECT conversation_title, conversation_id, attempt FROM run').all(),
    ).toEqual([
      { conversation_title: 'Gone', conversation_id: null, attempt: 1 },
      { conversation_title: 'Gone', conversation_id: null, attempt: 2 },
    ]);
    expect(spendingBetween(reader, '2024-10-21', '2024-10-21', false)).toMatchObject({
      runs: 2,
      known: 1_878_000n,
    });
  });

  it('is not taken for a new answer, but its end is', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const { runId: id, conversationId } = begin(writer, connection);
    markRead(writer, conversationId);
    const next = nextAttempt(writer, id, refused(), runHead(connection));
    expect(getConversation(reader, conversationId).unread).toBe(false);
    endRun(writer, next, outcome(), [say('x')]);
    expect(getConversation(reader, conversationId).unread).toBe(true);
  });

  it('shares its run with all the answers it brings, and its attempts with the first', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const { runId: id, messageId: answer } = begin(writer, connection, 'x', { answers: 2 });
    const next = nextAttempt(writer, id, refused(), runHead(connection, { answers: 2 }));
    endRun(writer, next, outcome(), [say('one'), say('two')]);
    expect(answersTo(reader, answer)).toMatchObject([
      { parts: say('one'), run: { id: next }, attempts: [{ id }] },
      { parts: say('two'), run: { id: next }, attempts: [] },
    ]);
  });

  it('with what a later version wrote about it is shown as far as it can be', () => {
    const { writer, reader } = connections();
    const { messageId: answer } = begin(writer, connect(writer), 'x', {
      parameters: '{"later":1,"seed":7,"temperature":"hot"}',
      adaptations: '[{"action":"later"},{"action":"rename","field":"a","to":"b"}]',
    });
    const run = () => branchTo(reader, answer)[1]?.run;
    expect(run()).toMatchObject({
      parameters: { seed: 7 },
      adaptations: [{ action: 'rename', field: 'a', to: 'b' }],
    });
    writer
      .prepare("UPDATE run SET parameters = '', adaptations = '{', error_code = 'x', error = '['")
      .run();
    expect(run()).toMatchObject({
      parameters: {},
      adaptations: [],
      failure: { code: 'internal' },
    });
  });
});
