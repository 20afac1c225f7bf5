import { setTimeout as sleep } from 'node:timers/promises';
import type { Attached } from '../../shared/contract/run';
import type { ConversationId, MessageId, RunId } from '../../shared/ids';
import { EMPTY_RUN_VIEW, type RunView, reduceRun } from '../../shared/run-view';
import type { StreamEvent } from '../../shared/stream-event';
import type { Timing } from './outcome';

/** The clock a run is timed by: `now` tells the date, `elapsed` never jumps. Both in milliseconds. */
export interface Clock {
  now(): number;
  elapsed(): number;
  /** Resolves after so many milliseconds, or at once when `signal` aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
};

/** Where a run belongs. */
export interface RunIds {
  readonly conversationId: ConversationId;
  /** The user's message that is answered. */
  readonly questionId: MessageId;
  readonly messageId: MessageId;
  readonly runId: RunId;
}

/** A run whose answer is on its way. */
export class LiveRun {
  readonly ids: RunIds;
  readonly startedAt: number;
  /** The runs that were made for the same answer before, and failed. */
  readonly earlier: readonly RunId[];
  readonly aborter = new AbortController();
  view: RunView = EMPTY_RUN_VIEW;
  readonly #clock: Clock;
  #begun: number;
  #firstTokenMs: number | null = null;

  constructor(ids: RunIds, clock: Clock, startedAt: number, before: LiveRun | null = null) {
    this.ids = ids;
    this.earlier = before ? [...before.earlier, before.ids.runId] : [];
    this.#clock = clock;
    this.startedAt = startedAt;
    this.#begun = clock.elapsed();
  }

  take(events: readonly StreamEvent[]): void {
    for (const event of events) {
      this.view = reduceRun(this.view, event);
      // The time of an attempt is counted from when it leaves, not from when it began to wait.
      if (event.type === 'sent') this.#begun = this.#clock.elapsed();
      if (this.#firstTokenMs === null && isOutput(event)) this.#firstTokenMs = this.#sinceStart();
    }
  }

  timing(): Timing {
    const totalMs = this.#sinceStart();
    const endedAt = Math.max(this.startedAt, this.#clock.now());
    return { endedAt, firstTokenMs: this.#firstTokenMs, totalMs };
  }

  attached(sequence: number): Attached {
    const { view, startedAt } = this;
    return { sequence, view, startedAt, firstTokenMs: this.#firstTokenMs };
  }

  #sinceStart(): number {
    return Math.round(this.#clock.elapsed() - this.#begun);
  }
}

function isOutput({ type }: StreamEvent): boolean {
  return type === 'text' || type === 'reasoning' || type === 'refusal' || type === 'tool';
}
