import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TelemetryState } from '../../shared/contract/telemetry';
import type { Store } from '../store/client';
import { StoreError } from '../store/errors';
import type { TelemetryBatch } from '../store/queries/telemetry-batch';
import type { Collector } from './collector';
import { isFinal, NotTaken } from './problem';
import { Sender, type SenderParts } from './sender';

/** How long things are waited for, in milliseconds. */
export interface DeliveryPace {
  /** After an end, so that those that follow go along. */
  readonly collectMs: number;
  /** After the first failure; doubled with each further one, up to the longest. */
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
}

export interface DeliveryParts extends SenderParts {
  readonly store: Store;
  readonly pace: DeliveryPace;
  /** From 0 up to 1; keeps many desktops from coming back at once. */
  readonly random: () => number;
  /** Something that the page shows is different now. */
  readonly changed: () => void;
  /** Takes codes and ids only. */
  readonly log: (event: string, error: unknown) => string;
}

/** How many runs go into one request, unless that is too much: about 200 kB. */
const BATCH = 200;

/** The HTTP status of a request that is larger than its server takes. */
const TOO_LARGE = 413;

/** A collector that asks for longer is asked again all the same. */
const LONGEST_ASKED_MS = 3_600_000;

/**
 * Empties the queue into one collector, a batch at a time, for as long as it lives. Nothing leaves the
 * queue before the collector took it; a batch that failed is sent again as it was, and one that is too
 * large by halves. Only one that is refused for good, by a collector that takes others, is let go: else
 * nothing would follow it any more.
 */
export class Delivery {
  readonly #parts: DeliveryParts;
  readonly #collector: Collector;
  readonly #sender: Sender;
  readonly #end = new AbortController();
  /** Something may have come since the queue was last found empty. */
  #asked = false;
  #wakeUp: (() => void) | null = null;
  #rest = new AbortController();
  /** How many runs the collector has room for in one request, as far as is known. */
  #most = BATCH;
  #failures = 0;
  #trouble: TelemetryState['trouble'] = null;

  constructor(parts: DeliveryParts, collector: Collector) {
    this.#parts = parts;
    this.#collector = collector;
    this.#sender = new Sender(parts, collector);
    void this.#run();
  }

  get trouble(): TelemetryState['trouble'] {
    return this.#trouble;
  }

  /** Says that something may wait. */
  wake(): void {
    this.#asked = true;
    this.#wakeUp?.();
  }

  /** Tries at once what would be tried later: it has just been seen to go. */
  hurry(): void {
    this.#rest.abort();
    this.wake();
  }

  close(): void {
    this.#end.abort();
    this.#rest.abort();
    this.#wakeUp?.();
    this.#sender.close();
  }

  async #run(): Promise<void> {
    while (!this.#ended) {
      this.#asked = false;
      const next = await this.#step();
      if (next === 'more') continue;
      if (next === 'idle') {
        await this.#sleep();
        await this.#pause(this.#parts.pace.collectMs);
      } else {
        await this.#pause(next);
      }
    }
  }

  async #sleep(): Promise<void> {
    if (this.#asked || this.#ended) return;
    await new Promise<void>((resolve) => {
      this.#wakeUp = resolve;
    });
    this.#wakeUp = null;
  }

  /** Sends a batch. Says whether there may be more, or how long to wait before it is tried again. */
  async #step(): Promise<'more' | 'idle' | number> {
    const { store, changed } = this.#parts;
    let batch: TelemetryBatch | null = null;
    try {
      batch = await store.write.takeTelemetryBatch(Date.now(), this.#most);
      if (batch === null) return 'idle';
      if (batch.runs.length === 0) return 'more';
      const { signals } = this.#collector;
      if (signals !== 'metrics' && !batch.spansTold) {
        await this.#sender.sendSpans(batch);
        await store.write.noteSpansTold(batch.until);
      }
      if (signals !== 'spans') await this.#sender.sendMetrics(batch);
      await store.write.noteDelivered(batch.until, Date.now());
      // It may have more room than it had.
      this.#most = Math.min(BATCH, this.#most + 1);
      this.#failures = 0;
      this.#trouble = null;
      if (!this.#ended) changed();
      return 'more';
    } catch (error) {
      return batch !== null && (await this.#letGo(batch, error)) ? 'more' : this.#failed(error);
    }
  }

  /** Takes the newer half out of a batch that is too large for the collector, to be sent after the other. */
  async #halve({ runs, until }: TelemetryBatch, { problem }: NotTaken): Promise<boolean> {
    if (problem.status !== TOO_LARGE || runs.length < 2) return false;
    const most = Math.ceil(runs.length / 2);
    const isShort = await this.#parts.store.write.shortenTelemetryBatch(until, most);
    if (isShort) this.#most = most;
    return isShort;
  }

  /**
   * Lets go of a batch that is refused for good, unless less of it may be taken. A collector that takes not
   * even what counts for nothing refuses because of how it is set up or asked, and the batch waits.
   */
  async #letGo(batch: TelemetryBatch, error: unknown): Promise<boolean> {
    if (!(error instanceof NotTaken) || !isFinal(error.problem) || this.#ended) return false;
    const { store, changed, log } = this.#parts;
    try {
      if (await this.#halve(batch, error)) return true;
      const now = Date.now();
      if (error.problem.signal === 'metrics') await this.#sender.sendTestMetric(now);
      else await this.#sender.sendTestSpan(randomBytes(16).toString('hex'), now);
      await store.write.dropTelemetryBatch(batch.until);
    } catch {
      return false;
    }
    log('a batch that the collector refuses', error);
    this.#failures = 0;
    this.#trouble = null;
    if (!this.#ended) changed();
    return true;
  }

  #failed(error: unknown): number {
    if (this.#ended) return 0;
    const { pace, random, changed, log } = this.#parts;
    if (!(error instanceof NotTaken)) log('telling the collector', error);
    if (error instanceof StoreError && error.kind === 'closed') this.close();
    const { problem, retryAfterMs = null } =
      error instanceof NotTaken
        ? error
        : { problem: { reason: 'internal', signal: 'spans', status: null } as const };
    const longest = Math.min(pace.firstRetryMs * 2 ** this.#failures, pace.longestRetryMs);
    const waitMs = Math.max(
      longest / 2 + (random() * longest) / 2,
      Math.min(retryAfterMs ?? 0, LONGEST_ASKED_MS),
    );
    this.#failures += 1;
    const at = Date.now();
    this.#trouble = { ...problem, at, nextAt: Math.round(at + waitMs) };
    changed();
    return waitMs;
  }

  get #ended(): boolean {
    return this.#end.signal.aborted;
  }

  /** Ends early when there is no reason to wait any more. */
  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#rest.signal, ref: false }).catch(() => undefined);
    if (!this.#ended) this.#rest = new AbortController();
  }
}
