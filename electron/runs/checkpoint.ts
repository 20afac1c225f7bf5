import type { StreamEvent } from '../../shared/stream-event';
import { appendEvents } from './merge';

/** Longest time between two checkpoints of an answer, in milliseconds (design, section 5). */
const INTERVAL_MS = 250;

/**
 * Puts what arrives into the journal: the first output at once, then at most every 250 ms. A write
 * that fails loses nothing: its events go out with the next one.
 */
export class Checkpoint {
  readonly #write: (position: number, events: readonly StreamEvent[]) => Promise<void>;
  readonly #onError: (error: unknown) => void;
  #pending: StreamEvent[] = [];
  #position = 0;
  #writing = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(
    write: (position: number, events: readonly StreamEvent[]) => Promise<void>,
    onError: (error: unknown) => void,
  ) {
    this.#write = write;
    this.#onError = onError;
  }

  add(events: readonly StreamEvent[]): void {
    appendEvents(this.#pending, events);
    if (this.#timer !== undefined || this.#writing || this.#closed) return;
    if (this.#position === 0) void this.#save();
    else this.#schedule();
  }

  /** Nothing is written any more: the final save holds everything. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#save();
    }, INTERVAL_MS);
  }

  async #save(): Promise<void> {
    const events = this.#pending;
    if (events.length === 0 || this.#closed) return;
    this.#pending = [];
    this.#writing = true;
    try {
      await this.#write(this.#position, events);
      this.#position += 1;
    } catch (error) {
      this.#pending = appendEvents(events, this.#pending);
      this.#onError(error);
    } finally {
      this.#writing = false;
    }
    if (this.#pending.length > 0 && !this.#closed) this.#schedule();
  }
}
