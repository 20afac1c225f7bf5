import { describe, expect, it } from 'vitest';
import type { WriteDb } from '../../electron/store/connection';
import { connectionActivity } from '../../electron/store/queries/activity';
import { endRun } from '../../electron/store/queries/run-life';
import type { RunOutcome } from '../../electron/store/queries/runs';
import type { ConnectionId } from '../../shared/ids';
import { begin, connect, NOON, outcome, refused } from '../fixtures/ledger';
import { connections } from '../fixtures/store';

const UNBILLED = { cost: null, costText: null, costSource: 'unknown' } as const;

/** A run that began a number of seconds after noon and ended so. */
function ran(writer: WriteDb, id: ConnectionId, second: number, more: Partial<RunOutcome> = {}) {
  const { runId } = begin(writer, id, 'x', { startedAt: NOON + second * 1_000 });
  endRun(writer, runId, outcome(more), []);
}

describe('the activity of a connection', () => {
  it('is nothing where nothing was asked', () => {
    const { writer, reader } = connections();
    const id = connect(writer);
    begin(writer, id);
    ran(writer, connect(writer), 0);
    expect(connectionActivity(reader, id, 0)).toEqual({
      recent: [],
      requests: 0,
      failed: 0,
      costs: 'unknown',
    });
  });

  it('shows the last requests that ended, the oldest first', () => {
    const { writer, reader } = connections();
    const id = connect(writer);
    ran(writer, id, 2, { latencyMs: null, firstTokenMs: 400 });
    ran(writer, id, 1, { latencyMs: 2_831, firstTokenMs: 400 });
    ran(writer, id, 3, refused());
    ran(writer, id, 4, { state: 'incomplete', ...UNBILLED });
    ran(writer, id, 5, { state: 'stopped', ...UNBILLED });
    expect(connectionActivity(reader, id, NOON).recent).toEqual([
      { at: NOON + 1_000, ms: 2_831, failed: false },
      { at: NOON + 2_000, ms: 400, failed: false },
      { at: NOON + 3_000, ms: null, failed: true },
      { at: NOON + 4_000, ms: 2_831, failed: true },
      { at: NOON + 5_000, ms: 2_831, failed: false },
    ]);
    for (let second = 10; second < 40; second += 1) ran(writer, id, second);
    const { recent } = connectionActivity(reader, id, NOON);
    expect(recent).toHaveLength(24);
    expect(recent.at(0)?.at).toBe(NOON + 16_000);
    expect(recent.at(-1)?.at).toBe(NOON + 39_000);
  });

  it('counts what began since then', () => {
    const { writer, reader } = connections();
    const id = connect(writer);
    for (const second of [1, 2, 3]) ran(writer, id, second);
    ran(writer, id, 1, refused());
    ran(writer, id, 3, refused());
    const counts = (second: number) => {
      const { requests, failed } = connectionActivity(reader, id, NOON + second * 1_000);
      return [requests, failed];
    };
    expect([0, 1, 2, 3, 4].map(counts)).toEqual([
      [5, 2],
      [5, 2],
      [3, 1],
      [2, 1],
      [0, 0],
    ]);
  });

  it.each<[string, string, readonly Partial<RunOutcome>[]]>([
    ['reported', 'all did', [{}, {}]],
    ['never', 'none did', [UNBILLED, UNBILLED]],
    ['some', 'one of two did', [{}, UNBILLED]],
    ['unknown', 'none was complete', [refused(), { state: 'stopped' }]],
    ['reported', 'all complete ones did', [{}, refused(), { state: 'incomplete', ...UNBILLED }]],
    ['never', 'the bill told later', [{ costSource: 'reconciled' }]],
    ['never', 'it was estimated', [{ costSource: 'estimated' }]],
    ['reported', 'the last twenty did', [UNBILLED, ...Array.from({ length: 20 }, () => ({}))]],
  ])('says %s of costs when %s', (costs, _, runs) => {
    const { writer, reader } = connections();
    const id = connect(writer);
    for (const [at, run] of runs.entries()) ran(writer, id, at, run);
    expect(connectionActivity(reader, id, NOON).costs).toBe(costs);
  });
});
