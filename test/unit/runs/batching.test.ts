import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Checkpoint } from '../../../electron/runs/checkpoint';
import { DeltaBatcher } from '../../../electron/runs/delta-batcher';
import { EMPTY_RUN_VIEW, reduceRun } from '../../../shared/run-view';
import type { StreamEvent } from '../../../shared/stream-event';
import fc from '../../fixtures/fast-check';
import { streamEvents } from '../../fixtures/stream-events';

const say = (text: string): StreamEvent => ({ type: 'text', choice: 0, text });

function fold(events: readonly StreamEvent[]) {
  return events.reduce(reduceRun, EMPTY_RUN_VIEW);
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('deltas', () => {
  it('go out once a frame, joined', () => {
    const sent: StreamEvent[][] = [];
    const batcher = new DeltaBatcher((events) => void sent.push(events));
    batcher.add([say('a')]);
    batcher.add([say('b')]);
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(16);
    expect(sent).toEqual([[say('ab')]]);
    batcher.add([say('c')]);
    vi.advanceTimersByTime(15);
    expect(sent).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(sent).toEqual([[say('ab')], [say('c')]]);
  });

  it('go out at once when flushed, and not again', () => {
    const sent: StreamEvent[][] = [];
    const batcher = new DeltaBatcher((events) => void sent.push(events));
    batcher.add([say('a')]);
    batcher.flush();
    batcher.flush();
    vi.advanceTimersByTime(100);
    expect(sent).toEqual([[say('a')]]);
  });

  it('add up to all that was given, however it was given', () => {
    fc.assert(
      fc.property(fc.array(streamEvents, { maxLength: 6 }), (batches) => {
        const sent: StreamEvent[] = [];
        const batcher = new DeltaBatcher((events) => void sent.push(...events));
        for (const batch of batches) {
          batcher.add(batch);
          vi.advanceTimersByTime(9);
        }
        batcher.flush();
        expect(fold(sent)).toEqual(fold(batches.flat()));
      }),
    );
  });
});

describe('the journal of a run', () => {
  /** A journal whose writes fail as long as they are told to. */
  function journal() {
    const written: { position: number; events: readonly StreamEvent[] }[] = [];
    const errors: unknown[] = [];
    const state = { fails: false, tookMs: 0 };
    const checkpoint = new Checkpoint(
      async (position, events) => {
        if (state.tookMs > 0) await new Promise((resolve) => setTimeout(resolve, state.tookMs));
        if (state.fails) throw new Error('no space');
        written.push({ position, events });
      },
      (error) => void errors.push(error),
    );
    return { checkpoint, written, errors, state };
  }

  it('has the first words at once, then what came in 250 ms', async () => {
    const { checkpoint, written } = journal();
    checkpoint.add([say('a')]);
    await vi.advanceTimersByTimeAsync(0);
    expect(written).toEqual([{ position: 0, events: [say('a')] }]);
    for (const word of ['b', 'c', 'd']) {
      checkpoint.add([say(word)]);
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(written).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(100);
    expect(written[1]).toEqual({ position: 1, events: [say('bcd')] });
  });

  it('loses nothing when a write fails', async () => {
    const { checkpoint, written, errors, state } = journal();
    state.fails = true;
    checkpoint.add([say('a')]);
    await vi.advanceTimersByTimeAsync(0);
    checkpoint.add([say('b')]);
    await vi.advanceTimersByTimeAsync(250);
    expect(errors).toHaveLength(2);
    state.fails = false;
    checkpoint.add([say('c')]);
    await vi.advanceTimersByTimeAsync(250);
    expect(written).toEqual([{ position: 0, events: [say('abc')] }]);
  });

  it('does not let much of it wait', async () => {
    const { checkpoint, written } = journal();
    checkpoint.add([say('a')]);
    await vi.advanceTimersByTimeAsync(0);
    checkpoint.add([say('b')]);
    checkpoint.add([say('c'.repeat(300_000))]);
    await vi.advanceTimersByTimeAsync(0);
    expect(written).toHaveLength(2);
    for (let count = 0; count < 5_000; count += 1) {
      checkpoint.add([say('d'), { type: 'reasoning', choice: 0, text: 'e' }]);
    }
    await vi.advanceTimersByTimeAsync(0);
    expect(written).toHaveLength(4);
  });

  it('waits before it tries again, however much there is', async () => {
    const { checkpoint, errors, state } = journal();
    state.fails = true;
    for (let count = 0; count < 4; count += 1) {
      checkpoint.add([say('a'.repeat(300_000))]);
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(errors).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(250);
    expect(errors).toHaveLength(2);
  });

  it('writes all that waits when it is asked to, after what is being written', async () => {
    const { checkpoint, written, state } = journal();
    state.tookMs = 100;
    checkpoint.add([say('a')]);
    checkpoint.add([say('b')]);
    const flushed = checkpoint.flush();
    await vi.advanceTimersByTimeAsync(200);
    await flushed;
    expect(written).toEqual([
      { position: 0, events: [say('a')] },
      { position: 1, events: [say('b')] },
    ]);
  });

  it('writes one at a time', async () => {
    const { checkpoint, written, state } = journal();
    state.tookMs = 1_000;
    checkpoint.add([say('a')]);
    for (let count = 0; count < 5; count += 1) {
      checkpoint.add([say('b')]);
      await vi.advanceTimersByTimeAsync(150);
    }
    expect(written).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(written.map(({ position }) => position)).toEqual([0, 1]);
    expect(fold(written.flatMap(({ events }) => events))).toEqual(fold([say('abbbbb')]));
  });

  it('writes nothing once it is closed', async () => {
    const { checkpoint, written } = journal();
    checkpoint.add([say('a')]);
    await vi.advanceTimersByTimeAsync(0);
    checkpoint.add([say('b')]);
    await checkpoint.close();
    checkpoint.add([say('c')]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(written).toHaveLength(1);
  });
});
