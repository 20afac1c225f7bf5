import type { StreamEvent } from '../../shared/stream-event';
import { appendEvents } from './merge';

/** One frame at 60 Hz, in milliseconds: nobody sees more. */
const FRAME_MS = 16;

/** Collects one run's events so that the page gets at most one message a frame. */
export class DeltaBatcher {
  readonly #publish: (events: StreamEvent[]) => void;
  #pending: StreamEvent[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(publish: (events: StreamEvent[]) => void) {
    this.#publish = publish;
  }

  add(events: readonly StreamEvent[]): void {
    appendEvents(this.#pending, events);
    this.#timer ??= setTimeout(() => this.flush(), FRAME_MS);
  }

  /** Publishes what is waiting, at once. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#pending.length === 0) return;
    const events = this.#pending;
    this.#pending = [];
    this.#publish(events);
  }
}
