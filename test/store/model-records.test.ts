import { describe, expect, it } from 'vitest';
import { modelRecords } from '../../electron/store/queries/model-records';
import { endRun } from '../../electron/store/queries/run-life';
import type { RunOutcome } from '../../electron/store/queries/runs';
import { nano } from '../../shared/money';
import { begin, connect, NOON, outcome, refused } from '../fixtures/ledger';
import { connections } from '../fixtures/store';

function ledger() {
  const store = connections();
  const connection = connect(store.writer);
  let at = NOON;
  const ask = (model: string, end: Partial<RunOutcome> = {}, startedAt = at + 1) => {
    at += 1;
    const { runId } = begin(store.writer, connection, 'x', { model, startedAt });
    endRun(store.writer, runId, outcome(end), []);
  };
  return { ...store, connection, ask, records: () => modelRecords(store.reader, connection, NOON) };
}

describe('how a model did', () => {
  it('is the mean of what is known of its costs and the medians of its times', () => {
    const { ask, records } = ledger();
    ask('a', { cost: nano(10n), firstTokenMs: 100, totalMs: 1100, completionTokens: 100 });
    ask('a', { cost: nano(21n), firstTokenMs: 500, totalMs: 1500, completionTokens: 50 });
    ask('a', { cost: nano(99n), costSource: 'estimated', firstTokenMs: 300, totalMs: 2300 });
    const unknown = { cost: null, costText: null, costSource: 'unknown' } as const;
    ask('a', { ...unknown, firstTokenMs: null, totalMs: null });
    expect(records()).toEqual([
      {
        model: 'a',
        requests: 4,
        lastUsedAt: NOON + 4,
        meanCost: 16n,
        firstTokenMs: 300,
        tokensPerSecond: 50,
      },
    ]);
  });

  it('is told of the last used first, also without a complete answer', () => {
    const { ask, records } = ledger();
    ask('a');
    ask('b', refused());
    ask('c', { state: 'stopped' });
    expect(records()).toMatchObject([
      { model: 'c', requests: 1, meanCost: null, firstTokenMs: null, tokensPerSecond: null },
      { model: 'b', meanCost: null },
      { model: 'a', meanCost: 1_878_000n },
    ]);
  });

  it('is of the newest answers and of the time asked for', () => {
    const { ask, records, writer } = ledger();
    ask('old', {}, NOON - 1);
    ask('a', { cost: nano(1_000_000n) });
    for (let more = 0; more < 50; more += 1) ask('a', { cost: nano(3n) });
    expect(records()).toMatchObject([{ model: 'a', requests: 51, meanCost: 3n }]);
    const other = connect(writer, 'Other');
    expect(modelRecords(writer, other, 0)).toEqual([]);
  });

  it('is a rate only where writing took a while', () => {
    const { ask, records } = ledger();
    ask('a', { firstTokenMs: 1000, totalMs: 1100 });
    expect(records()).toMatchObject([{ firstTokenMs: 1000, tokensPerSecond: null }]);
  });
});
