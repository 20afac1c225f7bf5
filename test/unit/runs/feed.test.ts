import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeltaBatcher } from '../../../electron/runs/delta-batcher';
import { Feed, type NewFeedEvent } from '../../../electron/runs/feed';
import { type Clock, LiveRun } from '../../../electron/runs/live-run';
import type { FeedEvent } from '../../../shared/contract/events';
import type { Attached } from '../../../shared/contract/run';
import { conversationId, messageId, runId } from '../../../shared/ids';
import { EMPTY_RUN_VIEW, reduceRun } from '../../../shared/run-view';
import type { StreamEvent } from '../../../shared/stream-event';
import fc from '../../fixtures/fast-check';
import { streamEvents } from '../../fixtures/stream-events';

const delta: NewFeedEvent = { type: 'run.delta', runId: runId.parse(1), events: [] };

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

async function next(events: AsyncGenerator<FeedEvent, void>): Promise<FeedEvent | null> {
  const { value } = await events.next();
  return value ?? null;
}

describe('a subscription', () => {
  it('begins with the number of the last event and misses none after it', async () => {
    const feed = new Feed();
    feed.publish(delta);
    const events = feed.subscribe();
    const hello = next(events);
    feed.publish(delta);
    expect(await hello).toEqual({ type: 'hello', sequence: 1 });
    expect(await next(events)).toMatchObject({ type: 'run.delta', sequence: 2 });
    const waiting = next(events);
    feed.publish(delta);
    expect(await waiting).toMatchObject({ sequence: 3 });
    expect(feed.sequence).toBe(3);
  });

  it('sees the same numbers as any other', async () => {
    const feed = new Feed();
    const all = [feed.subscribe(), feed.subscribe()];
    for (const events of all) await next(events);
    for (let count = 0; count < 3; count += 1) feed.publish(delta);
    for (const events of all) {
      expect([await next(events), await next(events), await next(events)]).toMatchObject([
        { sequence: 1 },
        { sequence: 2 },
        { sequence: 3 },
      ]);
    }
  });

  it('ends with its signal, also while it waits', async () => {
    const feed = new Feed();
    const stop = new AbortController();
    const events = feed.subscribe(stop.signal);
    await next(events);
    const waiting = next(events);
    stop.abort();
    expect(await waiting).toBeNull();
  });

  it('that was given up before it began says hello and no more', async () => {
    const feed = new Feed();
    const events = feed.subscribe(AbortSignal.abort());
    await next(events);
    feed.publish(delta);
    expect(await next(events)).toBeNull();
  });

  it('that is not read ends rather than fill the memory', async () => {
    const feed = new Feed();
    const slow = feed.subscribe();
    const quick = feed.subscribe();
    await next(slow);
    await next(quick);
    for (let count = 0; count < 10_050; count += 1) {
      feed.publish(delta);
      if (count % 100 === 0) while ((await next(quick))?.sequence !== count + 1);
    }
    let read = 0;
    while ((await next(slow)) !== null) read += 1;
    expect(read).toBe(10_000);
    feed.publish(delta);
    let last = 0;
    while (last < feed.sequence) last = (await next(quick))?.sequence ?? Number.NaN;
    expect(last).toBe(10_051);
  });

  it('ends when the feed is closed', async () => {
    const feed = new Feed();
    const events = feed.subscribe();
    await next(events);
    const waiting = next(events);
    feed.close();
    expect(await waiting).toBeNull();
  });
});

describe('a run that is taken up in its middle', () => {
  const ids = {
    conversationId: conversationId.parse(1),
    questionId: messageId.parse(1),
    messageId: messageId.parse(2),
    runId: runId.parse(1),
  };
  const clock: Clock = { now: () => 0, elapsed: () => 0, sleep: () => Promise.resolve() };
  const step = fc.oneof(
    streamEvents.map((events) => ({ kind: 'read', events }) as const),
    fc.integer({ min: 1, max: 20 }).map((ms) => ({ kind: 'pass', ms }) as const),
    fc.constant({ kind: 'attach' } as const),
  );

  it('is what main has of it, from any number on', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const run = new LiveRun(ids, clock, 0);
        const sent: StreamEvent[][] = [];
        const batcher = new DeltaBatcher((events) => void sent.push(events));
        const attached: Attached[] = [];
        for (const one of steps) {
          if (one.kind === 'read') {
            run.take(one.events);
            batcher.add(one.events);
          } else if (one.kind === 'pass') {
            vi.advanceTimersByTime(one.ms);
          } else {
            batcher.flush();
            attached.push(run.attached(sent.length));
          }
        }
        batcher.flush();
        for (const { sequence, view } of [{ sequence: 0, view: EMPTY_RUN_VIEW }, ...attached]) {
          expect(sent.slice(sequence).flat().reduce(reduceRun, view)).toEqual(run.view);
        }
      }),
    );
  });
});

describe('changes of stored data', () => {
  it('within 50 ms are one event, each topic once', async () => {
    const feed = new Feed();
    const events = feed.subscribe();
    await next(events);
    feed.changed('conversations', 'spending');
    vi.advanceTimersByTime(30);
    feed.changed('conversations', 'settings');
    expect(feed.sequence).toBe(0);
    vi.advanceTimersByTime(20);
    expect(await next(events)).toEqual({
      type: 'data.changed',
      sequence: 1,
      topics: ['conversations', 'spending', 'settings'],
    });
    feed.changed('connections');
    vi.advanceTimersByTime(50);
    expect(await next(events)).toMatchObject({ sequence: 2, topics: ['connections'] });
  });

  it('are not told after the feed was closed', () => {
    const feed = new Feed();
    feed.changed('settings');
    feed.close();
    vi.advanceTimersByTime(1_000);
    expect(feed.sequence).toBe(0);
  });
});
