import { describe, expect, it } from 'vitest';
import { answeredRuns, estimateAccuracy } from '../../electron/store/queries/estimates';
import { endRun } from '../../electron/store/queries/run-life';
import type { RunHead, RunOutcome } from '../../electron/store/queries/runs';
import { nano } from '../../shared/money';
import { begin, connect, NOON, outcome } from '../fixtures/ledger';
import { connections } from '../fixtures/store';

function ledger() {
  const store = connections();
  const connection = connect(store.writer);
  let at = NOON;
  const ask = (head: Partial<RunHead> = {}, end: Partial<RunOutcome> = {}) => {
    at += 1;
    const { runId } = begin(store.writer, connection, 'x', { startedAt: at, ...head });
    endRun(store.writer, runId, outcome(end), []);
    return runId;
  };
  return { ...store, connection, ask };
}

const ABOUT = { low: nano(1_000_000n), high: nano(2_000_000n), basis: 'ledger' } as const;

describe('the answers that a cost is fitted to', () => {
  it('are the newest complete ones of the model over the connection', () => {
    const { ask, reader, writer, connection } = ledger();
    for (let old = 0; old < 5; old += 1) ask({}, { cost: nano(1n) });
    for (let more = 0; more < 60; more += 1) ask({ promptEstimate: 11 });
    ask({ model: 'other' });
    ask({}, { state: 'stopped' });
    const answers = answeredRuns(reader, connection, 'gpt-4o');
    expect(answers).toHaveLength(60);
    expect(new Set(answers.map(({ cost }) => cost))).toEqual(new Set([1_878_000n]));
    expect(answers[0]).toEqual({
      promptTokens: 13,
      estimatedTokens: 11,
      replyTokens: 100,
      answers: 1,
      votes: 1,
      models: 1,
      cost: 1_878_000n,
    });
    expect(answeredRuns(reader, connect(writer, 'Other'), 'gpt-4o')).toEqual([]);
  });

  it('are found by the index, whatever the size of the ledger', () => {
    const { reader } = ledger();
    const plan = reader
      .prepare<[], { detail: string }>(
        `EXPLAIN QUERY PLAN SELECT prompt_tokens FROM run
         WHERE connection_id = 1 AND requested_model = 'm' AND state = 'complete'
         ORDER BY started_at DESC LIMIT 60`,
      )
      .all();
    expect(plan.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^SEARCH run USING INDEX run_by_model/),
    ]);
  });

  it('tell a cost only where the server or its bill told it', () => {
    const { ask, reader, connection } = ledger();
    ask({}, { cost: nano(5n), costSource: 'estimated' });
    ask({}, { cost: null, costText: null, costSource: 'unknown' });
    ask({}, { cost: nano(7n), costSource: 'reconciled' });
    const costs = answeredRuns(reader, connection, 'gpt-4o').map(({ cost }) => cost);
    expect(costs).toEqual([7n, null, null]);
  });

  it('have as many tokens as their letters make where the server did not count', () => {
    const { ask, reader, connection } = ledger();
    ask({}, { promptTokens: null, completionTokens: null, receivedCharacters: 401 });
    ask({}, { completionTokens: null, receivedCharacters: 0 });
    expect(answeredRuns(reader, connection, 'gpt-4o')).toMatchObject([
      { promptTokens: 13, replyTokens: null },
      { promptTokens: null, replyTokens: 101 },
    ]);
  });
});

describe('how good estimates were', () => {
  it('is said of those that can be compared, by what they were made of', () => {
    const { ask, reader } = ledger();
    ask({ estimate: ABOUT }, { cost: nano(1_000_000n) });
    ask({ estimate: ABOUT }, { cost: nano(1_500_000n) });
    ask({ estimate: ABOUT }, { cost: nano(3_000_000n) });
    ask({ estimate: { ...ABOUT, basis: 'prices' } }, { cost: nano(2_000_001n) });
    ask({ estimate: ABOUT }, { cost: nano(9n), costSource: 'estimated' });
    ask({ estimate: ABOUT }, { cost: null, costText: null, costSource: 'unknown' });
    ask({ estimate: ABOUT }, { state: 'stopped' });
    ask({ estimate: ABOUT, isDemo: true });
    ask({ estimate: null });
    expect(estimateAccuracy(reader, false)).toEqual([
      { basis: 'ledger', runs: 3, inside: 2, medianError: 500 },
      { basis: 'prices', runs: 1, inside: 0, medianError: 250 },
    ]);
    expect(estimateAccuracy(reader, true)).toMatchObject([{ runs: 1, inside: 1 }]);
  });

  it('has no error where everything was free', () => {
    const { ask, reader } = ledger();
    expect(estimateAccuracy(reader, false)).toEqual([]);
    ask({ estimate: { ...ABOUT, low: nano(0n) } }, { cost: nano(0n) });
    expect(estimateAccuracy(reader, false)).toEqual([
      { basis: 'ledger', runs: 1, inside: 1, medianError: null },
    ]);
  });
});

describe('an estimate', () => {
  it('is written with the run, exact, and never changed', () => {
    const { ask, writer } = ledger();
    const high = nano(9_007_199_254_740_993n);
    const id = ask({ estimate: { ...ABOUT, high }, promptEstimate: 42 });
    const row = writer
      .prepare<[number], object>(
        `SELECT estimate_tokens, CAST(estimate_low_nanousd AS TEXT) AS low,
           CAST(estimate_high_nanousd AS TEXT) AS high, estimate_basis FROM run WHERE id = ?`,
      )
      .get(id);
    expect(row).toEqual({
      estimate_tokens: 42,
      low: '1000000',
      high: '9007199254740993',
      estimate_basis: 'ledger',
    });
    expect(() => writer.prepare('UPDATE run SET estimate_low_nanousd = 0').run()).toThrow(
      /made before/,
    );
  });
});
