import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StoreError, type StoreErrorKind } from '../../electron/store/errors';
import { TroubleWatch } from '../../electron/store/trouble';

const failed = (kind: StoreErrorKind) => Promise.reject(new StoreError(kind, 'x'));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A watch whose probes go as is told, and what it said. */
function watched(...probes: (StoreErrorKind | null)[]) {
  const told: (string | null)[] = [];
  const watch = new TroubleWatch(async () => {
    const kind = probes.shift();
    if (kind) throw new StoreError(kind, 'x');
  });
  watch.onChange(() => told.push(watch.now));
  return { watch, told };
}

describe('trouble with the store', () => {
  it('is told once, and its end when a probe goes through', async () => {
    const { watch, told } = watched('full', 'read_only', null);
    watch.follow(failed('full'));
    watch.follow(failed('full'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told).toEqual(['full', 'read_only', null]);
  });

  it('is not what a caller did wrong', async () => {
    const { watch, told } = watched();
    for (const kind of ['not_found', 'conflict', 'logic', 'closed', 'busy'] as const) {
      watch.follow(failed(kind));
    }
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told).toEqual([]);
  });

  it('stays while the file is damaged', async () => {
    const { watch, told } = watched(null);
    watch.follow(failed('corrupt'));
    await vi.advanceTimersByTimeAsync(60_000);
    watch.follow(failed('full'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual(['corrupt']);
  });

  it('stays although a probe that was on its way goes through', async () => {
    const told: (string | null)[] = [];
    let answer = () => {};
    const watch = new TroubleWatch(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    watch.onChange(() => told.push(watch.now));
    watch.follow(failed('full'));
    await vi.advanceTimersByTimeAsync(2_000);
    watch.follow(failed('corrupt'));
    await vi.advanceTimersByTimeAsync(0);
    answer();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual(['full', 'corrupt']);
  });

  it('is not looked at any more once the store is closed', async () => {
    const { watch } = watched('full', 'full');
    watch.follow(failed('full'));
    await vi.advanceTimersByTimeAsync(1_000);
    watch.close();
    watch.follow(failed('full'));
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is a write that takes seconds, until it is done', async () => {
    const { watch, told } = watched();
    watch.follow(new Promise((resolve) => setTimeout(resolve, 2_900)));
    await vi.advanceTimersByTimeAsync(2_950);
    expect(told).toEqual([]);
    watch.follow(new Promise((resolve) => setTimeout(resolve, 5_000)));
    await vi.advanceTimersByTimeAsync(4_000);
    expect(told).toEqual(['slow']);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(told).toEqual(['slow', null]);
  });
});
