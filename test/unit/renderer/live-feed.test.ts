import { describe, expect, it, vi } from 'vitest';
import { type FeedSource, followFeed } from '../../../renderer/live/feed';
import { LiveRuns } from '../../../renderer/live/live-runs';
import type { FeedEvent } from '../../../shared/contract/events';
import type { Attached, LiveRun } from '../../../shared/contract/run';
import { conversationId, messageId, runId } from '../../../shared/ids';
import { EMPTY_RUN_VIEW, reduceRun } from '../../../shared/run-view';

const ref: LiveRun = {
  runId: runId.parse(1),
  conversationId: conversationId.parse(2),
  messageId: messageId.parse(3),
};

const words = (sequence: number, text: string): FeedEvent => ({
  type: 'run.delta',
  sequence,
  runId: ref.runId,
  events: [{ type: 'text', choice: 0, text }],
});

function replay(sequence: number, text: string): Attached {
  const view = reduceRun(EMPTY_RUN_VIEW, { type: 'text', choice: 0, text });
  return { sequence, view, startedAt: 0, firstTokenMs: 1 };
}

/** Plays one list of events for each subscription and then ends the feed. */
async function play(subscriptions: readonly (readonly FeedEvent[])[], attached: Attached | null) {
  const abort = new AbortController();
  const left = subscriptions.slice();
  const runs = new LiveRuns((flush) => flush());
  const stored = {
    invalidate: vi.fn(),
    invalidateAll: vi.fn(),
    readConversation: vi.fn(async () => {}),
  };
  const subscribe = async () => {
    const events = left.shift() ?? [];
    return (async function* () {
      yield* events;
      if (left.length === 0) abort.abort();
    })();
  };
  const source: FeedSource = {
    events: { subscribe },
    runs: { live: async () => (attached ? [ref] : []), attach: async () => attached },
  };
  await followFeed({
    source,
    runs,
    stored,
    signal: abort.signal,
    delay: async () => {},
  });
  await new Promise((resolve) => setTimeout(resolve));
  return { runs, stored, textOf: () => runs.get(ref.runId)?.view.choices[0]?.parts[0]?.text };
}

describe('followFeed', () => {
  it('follows a run from its start', async () => {
    const { textOf } = await play(
      [
        [
          { type: 'hello', sequence: 4 },
          { type: 'run.started', sequence: 5, ...ref },
          words(6, 'one '),
          words(7, 'two'),
        ],
      ],
      null,
    );
    expect(textOf()).toBe('one two');
  });

  it('takes up the runs that live and skips what their replay contains', async () => {
    const { textOf } = await play(
      [[{ type: 'hello', sequence: 4 }, words(5, 'one '), words(6, 'two')]],
      replay(5, 'one '),
    );
    expect(textOf()).toBe('one two');
  });

  it('attaches anew and reads everything again after a gap', async () => {
    const { textOf, stored } = await play(
      [
        [
          { type: 'hello', sequence: 4 },
          { type: 'run.started', sequence: 5, ...ref },
          words(7, 'b'),
        ],
        [{ type: 'hello', sequence: 7 }, words(8, 'c')],
      ],
      replay(7, 'ab'),
    );
    expect(textOf()).toBe('abc');
    expect(stored.invalidateAll).toHaveBeenCalledTimes(1);
  });

  it('subscribes again when the feed ends', async () => {
    const { textOf, stored } = await play(
      [[{ type: 'hello', sequence: 1 }], [{ type: 'hello', sequence: 1 }, words(2, '!')]],
      replay(1, 'back'),
    );
    expect(textOf()).toBe('back!');
    expect(stored.invalidateAll).toHaveBeenCalledTimes(1);
  });

  it('lets a run go only after its conversation was read', async () => {
    const { runs, stored } = await play(
      [
        [
          { type: 'hello', sequence: 0 },
          { type: 'run.started', sequence: 1, ...ref },
          { type: 'run.ended', sequence: 2, ...ref },
        ],
      ],
      null,
    );
    expect(stored.readConversation).toHaveBeenCalledWith(ref.conversationId);
    expect(runs.list()).toEqual([]);
  });

  it('passes on what has changed', async () => {
    const { stored } = await play(
      [
        [
          { type: 'hello', sequence: 0 },
          { type: 'data.changed', sequence: 1, topics: ['spending'] },
        ],
      ],
      null,
    );
    expect(stored.invalidate).toHaveBeenCalledWith(['spending']);
  });
});
