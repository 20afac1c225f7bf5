import type { StreamEvent } from '../../shared/stream-event';
import { appendEvents } from './merge';

/** Longest time between two checkpoints of an answer, in milliseconds (design, section 5). */
const INTERVAL_MS = 250;

/**
 * What is about this long when written out does not wait: main makes a copy of it for the store in one
 * go, and a crash would lose it.
 */
const MAX_PENDING_LENGTH = 256 * 1024;

/** What an event takes up besides its text, in characters. */
const EVENT_LENGTH = 64;

/**
 * Puts what arrives into the journal: the first output at once, then at most every 250 ms, or sooner
 * when it is much. A write that fails loses nothing: its events go out with the next one.
 */
export class Checkpoint {
  readonly #write: (position: number, events: readonly StreamEvent[]) => Promise<void>;
  readonly #onError: (error: unknown) => void;
  #pending: StreamEvent[] = [];
  #length = 0;
  #position = 0;
  #writing: Promise<void> | null = null;
  /** The last write did. */
  #failed = false;
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
    this.#length += lengthOf(events);
    if (!this.#writing) this.#next();
  }

  /** Writes all that waits at once, and resolves when that was tried: with whether it is all in the journal. */
  async flush(): Promise<boolean> {
    await this.#writing;
    if (this.#pending.length > 0 && !this.#closed) await this.#save();
    return this.#pending.length === 0;
  }

  /** Writes nothing any more, and gives what is not in the journal yet. */
  async close(): Promise<readonly StreamEvent[]> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#writing;
    return this.#pending;
  }

  /** Writes what is the first or much; anything else, and what failed, waits. */
  #next(): void {
    if (this.#pending.length === 0 || this.#closed) return;
    const isDue = this.#position === 0 || this.#length >= MAX_PENDING_LENGTH;
    if (isDue && !this.#failed) void this.#save();
    else this.#timer ??= setTimeout(() => void this.#save(), INTERVAL_MS);
  }

  #save(): Promise<void> {
    this.#writing = this.#writePending();
    return this.#writing;
  }

  async #writePending(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const events = this.#pending;
    const length = this.#length;
    this.#pending = [];
    this.#length = 0;
    try {
      await this.#write(this.#position, events);
      this.#position += 1;
      this.#failed = false;
    } catch (error) {
      this.#pending = appendEvents(events, this.#pending);
      this.#length += length;
      this.#failed = true;
      this.#onError(error);
    }
    this.#writing = null;
    this.#next();
  }
}

function lengthOf(events: readonly StreamEvent[]): number {
  let length = 0;
  for (const event of events) length += EVENT_LENGTH + ('text' in event ? event.text.length : 0);
  return length;
}
