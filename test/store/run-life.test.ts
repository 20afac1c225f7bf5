import type { Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReadDb, WriteDb } from '../../electron/store/connection';
import { getConversation } from '../../electron/store/queries/conversations';
import { removeDemo } from '../../electron/store/queries/demo-removal';
import { branchTo } from '../../electron/store/queries/messages';
import { beginRuns, checkpoint, endRun, nextAttempt } from '../../electron/store/queries/run-life';
import type { RunOutcome } from '../../electron/store/queries/runs';
import { spendingBetween } from '../../electron/store/queries/spending';
import { type ConversationId, messageId, type RunId, runId } from '../../shared/ids';
import { nano, type Total } from '../../shared/money';
import { endState } from '../../shared/run-state';
import fc from '../fixtures/fast-check';
import {
  anotherAnswer,
  begin,
  beginRun,
  connect,
  NOON,
  newConversation,
  nextMessage,
  outcome,
  runHead,
  say,
} from '../fixtures/ledger';
import { connections } from '../fixtures/store';

function ledgerRow(db: ReadDb, id: RunId): Record<string, unknown> {
  const row = db
    .prepare<[number], Record<string, unknown>>('SELECT * FROM run WHERE id = ?')
    .get(id);
  if (!row) throw new Error(`there is no run ${id}`);
  return row;
}

function countOf(db: ReadDb, table: string): unknown {
  return db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
}

/** What the ledger itself says of some runs, counted here and not by the code under test. */
function totalOf(db: ReadDb, where: string): Total {
  const rows = db
    .prepare<[], { cost: string | null; cost_source: string; state: string }>(
      `SELECT CAST(cost_nanousd AS TEXT) AS cost, cost_source, state FROM run WHERE ${where}`,
    )
    .all();
  let known = 0n;
  let estimated = 0n;
  const total = { unknown: 0, running: 0, runs: rows.length };
  for (const { cost, cost_source, state } of rows) {
    if (state === 'running') total.running += 1;
    else if (cost === null) total.unknown += 1;
    else if (cost_source === 'estimated') estimated += BigInt(cost);
    else known += BigInt(cost);
  }
  return { known: nano(known), estimated: nano(estimated), ...total };
}

describe('the beginning of a run', () => {
  it('is in the file before it returns, for any other connection to see', () => {
    const { writer, reader } = connections();
    const {
      runId: id,
      messageId: answer,
      conversationId,
      questionId,
    } = begin(writer, connect(writer));
    expect(ledgerRow(reader, id)).toMatchObject({
      state: 'running',
      conversation_id: conversationId,
      message_id: answer,
      conversation_title: 'Why is the sky blue?',
      connection_name: 'APIpie',
      requested_model: 'gpt-4o',
      parameters: '{}',
      cost_nanousd: null,
      cost_source: 'unknown',
      started_at: NOON,
      ended_at: null,
      day: '2024-10-21',
    });
    const messages = branchTo(reader, answer);
    expect(messages).toMatchObject([
      { id: questionId, role: 'user', parts: say('Why is the sky blue?'), run: null },
      { id: answer, role: 'assistant', parts: [], run: { id, state: 'running', cost: null } },
    ]);
    expect(getConversation(reader, conversationId)).toMatchObject({
      model: 'gpt-4o',
      total: { runs: 1, running: 1, unknown: 0, known: 0n },
    });
  });

  it('continues the branch that is shown', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const first = begin(writer, connection);
    const next = beginRun(writer, nextMessage(first.conversationId, 'And why red?'), {
      ...runHead(connection),
      startedAt: NOON + 1,
    });
    expect(branchTo(reader, next.messageId).map(({ id }) => id)).toEqual([
      first.questionId,
      first.messageId,
      next.questionId,
      next.messageId,
    ]);
    expect(getConversation(reader, first.conversationId).messages).toHaveLength(4);
  });

  it('puts another answer beside the first', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const { conversationId, messageId: old, questionId } = begin(writer, connection);
    const target = anotherAnswer(conversationId, old);
    const again = beginRun(writer, target, runHead(connection));
    expect(again.questionId).toBe(questionId);
    const { messages } = getConversation(reader, conversationId);
    expect(messages.map(({ id }) => id)).toEqual([questionId, again.messageId]);
    expect(messages[1]?.siblings).toEqual([old, again.messageId]);
  });

  it('is refused as a whole where its target is not there', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const one = begin(writer, connection);
    const other = begin(writer, connection);
    writer.prepare('UPDATE conversation SET deleted_at = 1 WHERE id = ?').run(other.conversationId);
    const { conversationId } = one;
    const targets = [
      nextMessage(other.conversationId, 'x'),
      anotherAnswer(conversationId, messageId.parse(999)),
      anotherAnswer(conversationId, one.questionId),
      anotherAnswer(conversationId, other.messageId),
      anotherAnswer(other.conversationId, other.messageId),
    ] as const;
    for (const target of targets) {
      expect(() => beginRun(writer, target, runHead(connection))).toThrow(
        expect.objectContaining({ kind: 'not_found' }),
      );
    }
    expect(countOf(reader, 'run')).toBe(2);
    expect(countOf(reader, 'message')).toBe(4);
  });

  it('is refused where a connection went while it was prepared', () => {
    const { writer, reader } = connections();
    const head = runHead(connect(writer, 'Demo', true));
    removeDemo(writer);
    expect(() => beginRun(writer, newConversation('Why?'), head)).toThrow(
      expect.objectContaining({ kind: 'not_found' }),
    );
    expect(countOf(reader, 'conversation')).toBe(0);
  });

  it('leaves nothing behind when it fails half-way', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    begin(writer, connection, 'one', { uid: 'twice' });
    expect(() => begin(writer, connection, 'two', { uid: 'twice' })).toThrow(/UNIQUE/);
    for (const [table, rows] of [
      ['run', 1],
      ['conversation', 1],
      ['message', 2],
    ] as const) {
      expect(countOf(reader, table)).toBe(rows);
    }
  });
});

describe('the end of a run', () => {
  it('brings text, figures and totals in one step', () => {
    const { writer, reader } = connections();
    const { runId: id, conversationId, messageId: answer } = begin(writer, connect(writer));
    checkpoint(writer, id, 0, [{ type: 'text', choice: 0, text: 'The' }]);
    expect(countOf(reader, 'run_journal')).toBe(1);
    endRun(writer, id, outcome(), [say('The sky')]);

    expect(countOf(reader, 'run_journal')).toBe(0);
    expect(ledgerRow(reader, id)).toMatchObject({
      state: 'complete',
      cost_nanousd: 1_878_000,
      cost_text: '0.001878',
      raw_usage: '{"cost":0.001878}',
      ended_at: NOON + 2_831,
    });
    expect(getConversation(reader, conversationId)).toMatchObject({
      unread: true,
      updatedAt: NOON + 2_831,
      total: { known: 1_878_000n, estimated: 0n, unknown: 0, running: 0, runs: 1 },
    });
    expect(branchTo(reader, answer)[1]).toMatchObject({
      parts: say('The sky'),
      run: {
        state: 'complete',
        failure: null,
        finishReason: 'stop',
        servedModel: 'openai/gpt-4o',
        servedProvider: 'openrouter',
        promptTokens: 13,
        completionTokens: 100,
        responseCharacters: 527,
        cost: nano(1_878_000n),
        costSource: 'reported',
        latencyMs: 2_831,
        firstTokenMs: 400,
        totalMs: 2_831,
      },
    });
    expect(spendingBetween(reader, '2024-10-21', '2024-10-21', false)).toEqual({
      known: 1_878_000n,
      estimated: 0n,
      unknown: 0,
      runs: 1,
      running: 0,
    });
  });

  it('comes once: a second end changes nothing', () => {
    const { writer, reader } = connections();
    const { runId: id, conversationId, messageId: answer } = begin(writer, connect(writer));
    endRun(writer, id, outcome(), [say('first')]);
    const before = ledgerRow(reader, id);
    endRun(writer, id, outcome({ state: 'failed', cost: nano(5n) }), [say('second')]);
    expect(ledgerRow(reader, id)).toEqual(before);
    expect(getConversation(reader, conversationId).total.known).toBe(1_878_000n);
    expect(branchTo(reader, answer)[1]?.parts).toEqual(say('first'));
    expect(countOf(reader, 'usage_day')).toBe(1);
  });

  it('of a run that is not there is an error', () => {
    const { writer } = connections();
    expect(() => endRun(writer, runId.parse(7), outcome(), [])).toThrow(
      expect.objectContaining({ kind: 'not_found' }),
    );
  });

  it('makes siblings of several answers, each with its text', () => {
    const { writer, reader } = connections();
    const { runId: id, conversationId, messageId: answer } = begin(writer, connect(writer));
    endRun(writer, id, outcome(), [say('one'), say('two'), say('three')]);
    const siblings = branchTo(reader, answer)[1]?.siblings ?? [];
    expect(siblings).toHaveLength(3);
    expect(siblings.map((sibling) => branchTo(reader, sibling)[1]?.parts)).toEqual([
      say('one'),
      say('two'),
      say('three'),
    ]);
    expect(siblings.map((sibling) => branchTo(reader, sibling)[1]?.run?.id)).toEqual([id, id, id]);
    expect(getConversation(reader, conversationId).messages[1]?.id).toBe(answer);
  });

  it.each<[string, Partial<RunOutcome>, object]>([
    ['an unknown cost', { cost: null, costSource: 'unknown' }, { unknown: 1, known: 0n }],
    ['a cost of zero', { cost: nano(0n), costSource: 'reported' }, { unknown: 0, known: 0n }],
    ['nothing to pay', { cost: nano(0n), costSource: 'none', state: 'failed' }, { unknown: 0 }],
    [
      'an estimate',
      { cost: nano(9n), costSource: 'estimated' },
      { known: 0n, estimated: 9n, unknown: 0 },
    ],
    [
      'more than a float can hold',
      { cost: nano(999_999_999_999_999_999n) },
      { known: 999_999_999_999_999_999n },
    ],
  ])('with %s is counted as what it is', (_, more, total) => {
    const { writer, reader } = connections();
    const { runId: id, conversationId } = begin(writer, connect(writer));
    endRun(writer, id, outcome(more), [say('x')]);
    expect(getConversation(reader, conversationId).total).toMatchObject(total);
    expect(spendingBetween(reader, '2024-10-21', '2024-10-21', false)).toMatchObject(total);
  });

  it('keeps what went wrong', () => {
    const { writer, reader } = connections();
    const { runId: id, messageId: answer } = begin(writer, connect(writer));
    const failure = {
      code: 'rate_limited',
      detail: 'Slow down',
      status: 429,
      retryAfterMs: 1_000,
    } as const;
    endRun(
      writer,
      id,
      outcome({ state: 'failed', failure, cost: null, costSource: 'unknown' }),
      [],
    );
    expect(branchTo(reader, answer)[1]?.run).toMatchObject({ state: 'failed', failure });
    expect(ledgerRow(reader, id)).toMatchObject({ error_code: 'rate_limited', http_status: 429 });
  });

  it('names a code that only a later version knows', () => {
    const { writer, reader } = connections();
    const { runId: id, messageId: answer } = begin(writer, connect(writer));
    endRun(writer, id, outcome(), []);
    writer.prepare("UPDATE run SET error_code = 'new_code', error = '{\"status\":418}'").run();
    expect(branchTo(reader, answer)[1]?.run?.failure).toEqual({ code: 'internal', status: 418 });
  });
});

describe('an ended run', () => {
  it.each([
    "state = 'stopped'",
    'started_at = 1',
    'ended_at = 1',
    "requested_model = 'x'",
    "parameters = '[]'",
    "extra = '[]'",
    "adaptations = '{}'",
    "fan_out = 'x'",
    'attempt = 2',
    "day = '2024-10-22'",
    "raw_usage = '{}'",
  ])('does not take %s', (change) => {
    const { writer, reader } = connections();
    const { runId: id } = begin(writer, connect(writer));
    endRun(writer, id, outcome(), []);
    const before = ledgerRow(reader, id);
    expect(() => writer.prepare(`UPDATE run SET ${change}`).run()).toThrow(/does not change/);
    expect(ledgerRow(reader, id)).toEqual(before);
  });

  it('can be reconciled', () => {
    const { writer, reader } = connections();
    const { runId: id } = begin(writer, connect(writer));
    endRun(writer, id, outcome({ cost: null, costSource: 'unknown' }), []);
    writer.prepare("UPDATE run SET cost_nanousd = 7, cost_source = 'reconciled'").run();
    expect(ledgerRow(reader, id)).toMatchObject({ cost_nanousd: 7, cost_source: 'reconciled' });
  });

  it('outlives its conversation, its connection and its preset', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const { runId: id } = begin(writer, connection);
    endRun(writer, id, outcome(), [say('x')]);
    const day = spendingBetween(reader, '2024-10-21', '2024-10-21', false);
    writer.prepare('DELETE FROM conversation').run();
    writer.prepare('DELETE FROM connection').run();
    expect(ledgerRow(reader, id)).toMatchObject({
      conversation_id: null,
      message_id: null,
      connection_id: null,
      conversation_title: 'Why is the sky blue?',
      connection_name: 'APIpie',
      cost_nanousd: 1_878_000,
    });
    expect(spendingBetween(reader, '2024-10-21', '2024-10-21', false)).toEqual(day);
    expect(countOf(reader, 'message')).toBe(0);
  });

  it('whose conversation went while it ran is counted all the same', () => {
    const { writer, reader } = connections();
    const { runId: id } = begin(writer, connect(writer));
    writer.prepare('DELETE FROM conversation').run();
    endRun(writer, id, outcome(), [say('x')]);
    expect(spendingBetween(reader, '2024-10-21', '2024-10-21', false).known).toBe(1_878_000n);
  });
});

describe('the totals', () => {
  const end = fc.record({
    state: fc.constantFrom(...endState.options),
    cost: fc.oneof(
      fc.constant({ cost: null, costSource: 'unknown' as const }),
      fc.record({
        cost: fc.bigInt({ min: 0n, max: 10n ** 15n }).map(nano),
        costSource: fc.constantFrom('reported', 'reconciled', 'estimated'),
      }),
      fc.constant({ cost: nano(0n), costSource: 'none' as const }),
    ),
    servedModel: fc.constantFrom('a', null),
  });
  const day = fc.constantFrom('2024-10-20', '2024-10-21', '2024-11-01');
  const answer = fc.record({
    attempts: fc.array(fc.record({ day, end }), { maxLength: 2 }),
    end: fc.option(end),
  });
  const step = fc.record({
    conversation: fc.integer({ min: 0, max: 2 }),
    demo: fc.boolean(),
    day,
    answers: fc.array(answer, { minLength: 1, maxLength: 3 }),
  });

  type Of<A> = A extends Arbitrary<infer T> ? T : never;

  function ended({ cost, ...rest }: Of<typeof end>): RunOutcome {
    return outcome({ ...rest, ...cost });
  }

  function play(writer: WriteDb, steps: readonly Of<typeof step>[]): ConversationId[] {
    const real = connect(writer);
    const demo = connect(writer, 'Demo', true);
    const begun: ConversationId[] = [];
    for (const { conversation, demo: isDemo, day: firstDay, answers } of steps) {
      const known = begun[conversation];
      const target = known === undefined ? newConversation('x') : nextMessage(known, 'y');
      const head = (onDay: string) => runHead(isDemo ? demo : real, { day: onDay, isDemo });
      const heads = answers.map(() => head(firstDay));
      const sent = beginRuns(writer, target, heads);
      begun[conversation] = sent.conversationId;
      for (const [at, { attempts, end: last }] of answers.entries()) {
        let id = sent.runs[at]?.runId;
        if (id === undefined) throw new Error('a run was not begun');
        for (const failed of attempts) {
          id = nextAttempt(writer, id, ended(failed.end), head(failed.day));
        }
        if (last) endRun(writer, id, ended(last), [say('z')]);
      }
    }
    return begun.filter((id) => id !== undefined);
  }

  it('of a day add up runs that are alike', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    for (let times = 0; times < 3; times += 1) {
      endRun(writer, begin(writer, connection).runId, outcome(), []);
    }
    expect(countOf(reader, 'usage_day')).toBe(1);
    expect(spendingBetween(reader, '2024-10-21', '2024-10-21', false)).toMatchObject({
      known: 3n * 1_878_000n,
      runs: 3,
    });
  });

  it('of conversations and days equal the ledger, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const { writer, reader } = connections();
        // What is tested is the sums, not the disk.
        writer.pragma('synchronous = OFF');
        for (const id of play(writer, steps)) {
          expect(getConversation(reader, id).total).toEqual(
            totalOf(reader, `conversation_id = ${id}`),
          );
        }
        for (const demo of [false, true]) {
          for (const [from, to] of [
            ['2024-10-20', '2024-10-20'],
            ['2024-10-01', '2024-10-31'],
            ['2024-01-01', '2024-12-31'],
          ] as const) {
            expect(spendingBetween(reader, from, to, demo)).toEqual(
              totalOf(reader, `day BETWEEN '${from}' AND '${to}' AND is_demo = ${demo ? 1 : 0}`),
            );
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
