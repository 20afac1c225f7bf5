import { describe, expect, it } from 'vitest';
import type { WriteDb } from '../../electron/store/connection';
import { endRunFromJournal } from '../../electron/store/queries/recovery';
import { endRun, nextAttempt } from '../../electron/store/queries/run-life';
import {
  changeTelemetry,
  getTelemetry,
  sendEarlierRuns,
  stopEarlierRuns,
} from '../../electron/store/queries/telemetry';
import {
  noteDelivered,
  noteSpansTold,
  shortenTelemetryBatch,
  takeTelemetryBatch,
} from '../../electron/store/queries/telemetry-batch';
import { nano } from '../../shared/money';
import { begin, connect, NOON, outcome, refused, runHead, say } from '../fixtures/ledger';
import { connections } from '../fixtures/store';

const ON = {
  on: true,
  endpoint: 'http://collector.example:4318',
  name: '',
  signals: 'both',
  headerNames: [],
} as const;

function told({ on = true, path }: { on?: boolean; path?: string } = {}) {
  const made = path === undefined ? connections() : connections(path);
  if (on) changeTelemetry(made.writer, ON, NOON);
  return made;
}

/** A run that has ended. */
function ended(writer: WriteDb, uid: string, more: Parameters<typeof outcome>[0] = {}) {
  const connection = connect(writer);
  const { runId } = begin(writer, connection, 'Why is the sky blue?', { uid });
  endRun(writer, runId, outcome(more), [say('Because.')]);
  return runId;
}

function uids(writer: WriteDb, at = NOON + 10_000, limit = 10): string[] | null {
  return takeTelemetryBatch(writer, at, limit)?.runs.map(({ uid }) => uid) ?? null;
}

function delivered(writer: WriteDb, at = NOON + 10_000, limit = 10): string[] | null {
  const batch = takeTelemetryBatch(writer, at, limit);
  if (batch) noteDelivered(writer, batch.until, at);
  return batch?.runs.map(({ uid }) => uid) ?? null;
}

/** What a later look at the bill does to a row. */
function reconcile(writer: WriteDb, id: number, cost: bigint | null): void {
  writer
    .prepare('UPDATE run SET cost_nanousd = ?, cost_source = ? WHERE id = ?')
    .run(cost, cost === null ? 'unknown' : 'reconciled', id);
}

describe('what the collector is to be told of', () => {
  it('is nothing while it is off', () => {
    const { writer } = told({ on: false });
    ended(writer, 'a');
    expect(getTelemetry(writer)).toMatchObject({ on: false, waiting: 0, earlier: 1 });
    expect(uids(writer)).toBeNull();
  });

  it('is every run, however it ends, in the transaction that ends it', () => {
    const { writer, reader } = told();
    ended(writer, 'complete');
    const connection = connect(writer);
    const first = begin(writer, connection, 'Why?', { uid: 'first attempt' });
    const { attempt: _, ...head } = runHead(connection, { uid: 'second attempt' });
    const second = nextAttempt(writer, first.runId, refused(), head);
    const lost = begin(writer, connection, 'Why?', { uid: 'lost' });
    endRunFromJournal(writer, second, outcome({ state: 'stopped' }), [], 0);
    endRunFromJournal(writer, lost.runId, outcome({ state: 'incomplete' }), [], 0);
    expect(getTelemetry(reader)).toMatchObject({ waiting: 4, earlier: 0 });
    expect(uids(writer)).toEqual(['complete', 'first attempt', 'second attempt', 'lost']);
  });

  it('is not a run whose end did not get into the ledger, nor one on its way', () => {
    const { writer } = told();
    const { runId } = begin(writer, connect(writer));
    expect(() =>
      writer.transaction(() => {
        endRun(writer, runId, outcome(), [say('Because.')]);
        throw new Error('the disk is full');
      })(),
    ).toThrow('full');
    expect(getTelemetry(writer).waiting).toBe(0);
  });

  it('is no run of the demo', () => {
    const { writer } = told();
    const { runId } = begin(writer, connect(writer, 'Demo', true), 'Why?', { isDemo: true });
    endRun(writer, runId, outcome(), [say('Because.')]);
    sendEarlierRuns(writer);
    expect(getTelemetry(writer)).toMatchObject({ waiting: 0, earlier: 0 });
    expect(uids(writer)).toEqual([]);
    expect(uids(writer)).toBeNull();
  });
});

describe('a batch', () => {
  it('is bounded, the oldest first', () => {
    const { writer } = told();
    for (const uid of ['a', 'b', 'c']) ended(writer, uid);
    expect(delivered(writer, NOON, 2)).toEqual(['a', 'b']);
    expect(delivered(writer, NOON, 2)).toEqual(['c']);
    expect(delivered(writer, NOON, 2)).toBeNull();
  });

  it('stays as it was until it has arrived, also after a restart', () => {
    const { writer, path } = told();
    const id = ended(writer, 'a', { cost: null, costText: null, costSource: 'unknown' });
    const first = takeTelemetryBatch(writer, NOON + 1_000, 10);
    ended(writer, 'b');
    reconcile(writer, id, 5n);
    const again = takeTelemetryBatch(told({ on: false, path }).writer, NOON + 9_000, 10);
    expect(again).toEqual(first);
    expect(getTelemetry(writer).waiting).toBe(2);
  });

  it('remembers that its spans have arrived', () => {
    const { writer } = told();
    ended(writer, 'a');
    const batch = takeTelemetryBatch(writer, NOON + 1_000, 10);
    noteSpansTold(writer, batch?.until ?? 0);
    expect(takeTelemetryBatch(writer, NOON + 2_000, 10)).toEqual({ ...batch, spansTold: true });
    noteDelivered(writer, batch?.until ?? 0, NOON + 3_000);
    ended(writer, 'b');
    expect(takeTelemetryBatch(writer, NOON + 4_000, 10)).toMatchObject({ spansTold: false });
  });

  it('begins where the one before ended, and never later than it ends', () => {
    const { writer } = told();
    ended(writer, 'a');
    const first = takeTelemetryBatch(writer, NOON + 1_000, 10);
    expect(first).toMatchObject({ from: NOON, until: NOON + 1_000 });
    noteDelivered(writer, first?.until ?? 0, NOON + 1_000);
    ended(writer, 'b');
    // The clock was set back.
    expect(takeTelemetryBatch(writer, NOON - 5_000, 10)).toMatchObject({
      from: NOON + 1_000,
      until: NOON + 1_001,
    });
  });

  it('is shortened to its oldest runs, and the others follow as if they had not been in it', () => {
    const { writer } = told();
    const [, second] = ['a', 'b', 'c'].map((uid) => ended(writer, uid));
    const first = takeTelemetryBatch(writer, NOON + 1_000, 10);
    const until = first?.until ?? 0;
    reconcile(writer, second ?? 0, 5n);
    expect(shortenTelemetryBatch(writer, until + 1, 1)).toBe(false);
    expect(shortenTelemetryBatch(writer, until, 1)).toBe(true);
    const short = takeTelemetryBatch(writer, NOON + 2_000, 10);
    expect(short).toEqual({ ...first, runs: first?.runs.slice(0, 1) });
    expect(getTelemetry(writer).waiting).toBe(3);
    noteSpansTold(writer, until);
    expect(shortenTelemetryBatch(writer, until, 0)).toBe(false);
    noteDelivered(writer, until, NOON + 3_000);
    expect(takeTelemetryBatch(writer, NOON + 4_000, 10)?.runs).toMatchObject([
      { uid: 'b', revision: 1, priced: { cost: 5n }, toldBefore: null },
      { uid: 'c', revision: 1, toldBefore: null },
    ]);
  });

  it('is not ended by news of another', () => {
    const { writer } = told();
    ended(writer, 'a');
    takeTelemetryBatch(writer, NOON + 1_000, 10);
    noteDelivered(writer, NOON + 999, NOON + 2_000);
    expect(getTelemetry(writer)).toMatchObject({ waiting: 1, deliveredAt: null });
  });
});

describe('a cost that becomes known later', () => {
  it('is told again, with what was told before', () => {
    const { writer } = told();
    const id = ended(writer, 'a', { cost: null, costText: null, costSource: 'unknown' });
    delivered(writer);
    expect(getTelemetry(writer)).toMatchObject({ waiting: 0, deliveredAt: NOON + 10_000 });
    reconcile(writer, id, 9_007_199_254_740_993n);
    const batch = takeTelemetryBatch(writer, NOON + 20_000, 10);
    expect(batch?.runs).toMatchObject([
      {
        uid: 'a',
        revision: 2,
        priced: { source: 'reconciled', cost: nano(9_007_199_254_740_993n) },
        toldBefore: { source: 'unknown', cost: null },
      },
    ]);
  });

  it('while it is being told goes into the batch after', () => {
    const { writer } = told();
    const id = ended(writer, 'a', { cost: null, costText: null, costSource: 'unknown' });
    const first = takeTelemetryBatch(writer, NOON + 1_000, 10);
    reconcile(writer, id, 7n);
    noteDelivered(writer, first?.until ?? 0, NOON + 1_000);
    expect(takeTelemetryBatch(writer, NOON + 2_000, 10)?.runs).toMatchObject([
      { revision: 2, priced: { cost: 7n }, toldBefore: { source: 'unknown', cost: null } },
    ]);
  });

  it('is nothing new when it stays the same, or was never told', () => {
    const { writer } = told({ on: false });
    const before = ended(writer, 'before');
    changeTelemetry(writer, ON, NOON);
    reconcile(writer, before, 7n);
    const id = ended(writer, 'a');
    delivered(writer);
    writer.prepare('UPDATE run SET cost_nanousd = cost_nanousd WHERE id = ?').run(id);
    expect(uids(writer)).toBeNull();
  });
});

describe('answers from before', () => {
  it('are sent when they are asked for, each once, and say how far they are', () => {
    const { writer } = told({ on: false });
    for (const uid of ['a', 'b', 'c']) ended(writer, uid);
    changeTelemetry(writer, ON, NOON);
    ended(writer, 'd');
    expect(getTelemetry(writer)).toMatchObject({ earlier: 3, waiting: 1, sendingEarlier: null });
    sendEarlierRuns(writer);
    expect(getTelemetry(writer).sendingEarlier).toEqual({ done: 0, total: 3 });
    expect(delivered(writer, NOON, 2)).toEqual(['a', 'd']);
    expect(getTelemetry(writer).sendingEarlier).toEqual({ done: 1, total: 3 });
    expect(delivered(writer, NOON, 10)).toEqual(['b', 'c']);
    expect(getTelemetry(writer)).toMatchObject({ earlier: 0, sendingEarlier: null, waiting: 0 });
    expect(delivered(writer)).toBeNull();
  });

  it('are left where they are when that is stopped', () => {
    const { writer } = told({ on: false });
    for (const uid of ['a', 'b', 'c']) ended(writer, uid);
    changeTelemetry(writer, ON, NOON);
    sendEarlierRuns(writer);
    expect(delivered(writer, NOON, 1)).toEqual(['a']);
    stopEarlierRuns(writer);
    expect(getTelemetry(writer)).toMatchObject({ earlier: 2, sendingEarlier: null });
    expect(delivered(writer)).toBeNull();
  });
});

describe('another address', () => {
  it('is another collector, which is told of what waits and knows nothing else', () => {
    const { writer } = told();
    ended(writer, 'known');
    delivered(writer);
    ended(writer, 'on its way');
    takeTelemetryBatch(writer, NOON + 11_000, 10);
    ended(writer, 'waiting');
    changeTelemetry(writer, { ...ON, endpoint: 'http://other.example' }, NOON + 12_000);
    expect(getTelemetry(writer)).toMatchObject({ waiting: 2, earlier: 1, deliveredAt: null });
    const batch = takeTelemetryBatch(writer, NOON + 13_000, 10);
    expect(batch).toMatchObject({ from: NOON + 12_000, until: NOON + 13_000 });
    expect(batch?.runs).toMatchObject([
      { uid: 'on its way', revision: 1, toldBefore: null },
      { uid: 'waiting', revision: 1, toldBefore: null },
    ]);
  });

  it('is not meant by another name or other headers', () => {
    const { writer } = told();
    ended(writer, 'known');
    delivered(writer);
    changeTelemetry(writer, { ...ON, name: 'Ada', headerNames: ['X-Token'] }, NOON + 12_000);
    expect(getTelemetry(writer)).toMatchObject({
      name: 'Ada',
      headerNames: ['X-Token'],
      earlier: 0,
      deliveredAt: NOON + 10_000,
    });
  });
});
