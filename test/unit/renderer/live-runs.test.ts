import { describe, expect, it, vi } from 'vitest';
import {
  advancedRun,
  attachedRun,
  isArriving,
  type LiveRunRef,
  newestOf,
  startedRun,
} from '../../../renderer/live/live-run';
import { LiveRuns } from '../../../renderer/live/live-runs';
import { conversationId, messageId, runId } from '../../../shared/ids';
import { EMPTY_RUN_VIEW, reduceRun } from '../../../shared/run-view';
import type { StreamEvent } from '../../../shared/stream-event';
import { answeredRun } from '../../fixtures/answered';
import fc from '../../fixtures/fast-check';
import { streamEvents } from '../../fixtures/stream-events';

const ref: LiveRunRef = {
  runId: runId.parse(1),
  conversationId: conversationId.parse(2),
  messageId: messageId.parse(3),
};

const text = (words: string): StreamEvent => ({ type: 'text', choice: 0, text: words });

const deltas = fc.array(streamEvents, { maxLength: 20 });

/** A store whose frames are drawn by hand. */
function storeByHand() {
  const frames: (() => void)[] = [];
  const runs = new LiveRuns(
    (flush) => frames.push(flush),
    () => 1000,
  );
  const frame = () => {
    for (const flush of frames.splice(0)) flush();
  };
  return { runs, frame, frames };
}

describe('an answer', () => {
  const live = startedRun(ref, 0, 1000);

  it('is still coming from when its run is stored until the run has ended', () => {
    const stored = answeredRun({ state: 'running' });
    expect(isArriving(stored, null)).toBe(true);
    expect(isArriving(stored, live)).toBe(true);
    expect(isArriving(stored, { ...live, ended: true })).toBe(false);
    expect(isArriving(answeredRun(), null)).toBe(false);
    expect(isArriving(null, null)).toBe(false);
  });

  it('is still coming where it is tried again after a failure that is stored', () => {
    expect(isArriving(answeredRun({ state: 'failed' }), live)).toBe(true);
  });
});

describe('a live run', () => {
  it('is the same whether it was watched from the start or taken up at any point', () => {
    fc.assert(
      fc.property(deltas, fc.nat(20), fc.nat(20), (all, at, heard) => {
        const watched = all.reduce(
          (run, events, index) => advancedRun(run, index + 1, events, 0),
          startedRun(ref, 0, 0),
        );
        const point = Math.min(at, all.length);
        const view = all.slice(0, point).flat().reduce(reduceRun, EMPTY_RUN_VIEW);
        const taken = attachedRun(ref, { sequence: point, view, startedAt: 0, firstTokenMs: null });
        // Messages that the replay already contains may come once more.
        const from = Math.max(0, point - heard);
        const caughtUp = all
          .slice(from)
          .reduce((run, events, index) => advancedRun(run, from + index + 1, events, 0), taken);
        expect(caughtUp.view).toEqual(watched.view);
      }),
    );
  });

  it('measures the time to the first output, not to the first event', () => {
    const started = startedRun(ref, 0, 100);
    const served: StreamEvent = { type: 'served', completionId: null, model: 'm', provider: null };
    const before = advancedRun(started, 1, [served], 150);
    expect(before.firstTokenMs).toBeNull();
    expect(advancedRun(before, 2, [text('a')], 175).firstTokenMs).toBe(75);
  });
});

describe('an attempt that has to wait', () => {
  const waiting: StreamEvent = {
    type: 'waiting',
    until: 5100,
    cause: { code: 'rate_limited', retryAfterMs: 5000 },
  };

  it('says why and until when, and forgets it once it is sent', () => {
    const waits = advancedRun(startedRun(ref, 0, 100), 1, [waiting], 100);
    expect(waits.view.waiting?.until).toBe(5100);
    expect(advancedRun(waits, 2, [{ type: 'sent' }], 5100).view.waiting).toBeNull();
  });

  it('is timed from when it was sent', () => {
    const waits = advancedRun(startedRun(ref, 0, 100), 1, [waiting], 100);
    const sent = advancedRun(waits, 2, [{ type: 'sent' }], 5100);
    const answered = advancedRun(sent, 3, [text('a')], 5400);
    expect(answered.startedAt).toBe(5100);
    expect(answered.firstTokenMs).toBe(300);
  });
});

describe('several runs of one message', () => {
  const again: LiveRunRef = { ...ref, runId: runId.parse(7) };
  const other: LiveRunRef = { ...ref, runId: runId.parse(9), messageId: messageId.parse(4) };

  it('show the newest, in whatever order they became known', () => {
    expect(newestOf([ref, again, other], ref.messageId)).toBe(again);
    expect(newestOf([again, other, ref], ref.messageId)).toBe(again);
    expect(newestOf([other], ref.messageId)).toBeNull();
  });

  it('never leave a moment without one between an attempt and the next', () => {
    const { runs } = storeByHand();
    const seen: (number | null)[] = [];
    runs.subscribeToList(() => seen.push(newestOf(runs.list(), ref.messageId)?.runId ?? null));
    runs.start(ref, 0);
    runs.end(ref.runId);
    runs.start(again, 1);
    runs.retire(ref.runId);
    expect(seen).toEqual([1, 7, 7]);
  });

  it('grow side by side without touching each other', () => {
    const { runs, frame } = storeByHand();
    runs.start(ref, 0);
    runs.start(other, 1);
    const heard = vi.fn();
    runs.subscribe(ref.runId, heard);
    runs.append(other.runId, 2, [text('other')]);
    frame();
    expect(heard).not.toHaveBeenCalled();
    runs.end(other.runId);
    runs.retire(other.runId);
    expect(runs.get(ref.runId)?.ended).toBe(false);
  });
});

describe('LiveRuns', () => {
  it('folds what arrives once a frame and tells once', () => {
    const { runs, frame, frames } = storeByHand();
    runs.start(ref, 0);
    const heard = vi.fn();
    runs.subscribe(ref.runId, heard);
    for (let sequence = 1; sequence <= 50; sequence++)
      runs.append(ref.runId, sequence, [text('a')]);
    expect(frames.length).toBe(1);
    expect(heard).not.toHaveBeenCalled();
    frame();
    expect(heard).toHaveBeenCalledTimes(1);
    expect(runs.get(ref.runId)?.view.choices[0]?.parts[0]?.text).toBe('a'.repeat(50));
  });

  it('shows the last text when a run ends, without waiting for a frame', () => {
    const { runs } = storeByHand();
    runs.start(ref, 0);
    runs.append(ref.runId, 1, [text('all of it')]);
    runs.end(ref.runId);
    const run = runs.get(ref.runId);
    expect(run?.ended).toBe(true);
    expect(run?.view.choices[0]?.parts[0]?.text).toBe('all of it');
  });

  it('keeps the list until a run begins or goes', () => {
    const { runs, frame } = storeByHand();
    const heard = vi.fn();
    runs.subscribeToList(heard);
    runs.start(ref, 0);
    const list = runs.list();
    runs.append(ref.runId, 1, [text('a')]);
    frame();
    runs.end(ref.runId);
    expect(runs.list()).toBe(list);
    runs.retire(ref.runId);
    expect(runs.list()).toEqual([]);
    expect(heard).toHaveBeenCalledTimes(2);
  });

  it('ignores what comes for a run that has gone', () => {
    const { runs, frame } = storeByHand();
    runs.start(ref, 0);
    runs.retire(ref.runId);
    runs.append(ref.runId, 1, [text('late')]);
    frame();
    expect(runs.get(ref.runId)).toBeNull();
  });

  it('does not lose the text of a run that is announced once more', () => {
    const { runs, frame } = storeByHand();
    runs.start(ref, 0);
    runs.append(ref.runId, 1, [text('kept')]);
    runs.start(ref, 2);
    frame();
    expect(runs.get(ref.runId)?.view.choices[0]?.parts[0]?.text).toBe('kept');
  });
});
