import type { FeedEvent, Topic } from '../../shared/contract/events';

type Unnumbered<Event> = Event extends FeedEvent ? Omit<Event, 'sequence'> : never;

/** An event before it has its place in the order. */
export type NewFeedEvent = Unnumbered<FeedEvent>;

/** How long changes of stored data are collected into one event, in milliseconds. */
const COLLECT_MS = 50;

/** Past this many unread events a subscriber has to begin anew rather than fill the memory. */
const MAX_UNREAD = 10_000;

/** The one ordered stream of what happens, for every window that listens. */
export class Feed {
  #sequence = 0;
  readonly #subscribers = new Set<Subscriber>();
  readonly #topics = new Set<Topic>();
  #timer: NodeJS.Timeout | undefined;

  /** The number of the last event. */
  get sequence(): number {
    return this.#sequence;
  }

  publish(event: NewFeedEvent): void {
    this.#sequence += 1;
    const numbered: FeedEvent = { ...event, sequence: this.#sequence };
    for (const subscriber of this.#subscribers) subscriber.push(numbered);
  }

  /** Says that stored data changed; several within 50 ms become one event. */
  changed(...topics: readonly Topic[]): void {
    for (const topic of topics) this.#topics.add(topic);
    this.#timer ??= setTimeout(() => this.#flushTopics(), COLLECT_MS);
  }

  /** All events from now on, until `signal` aborts. Breaks off when the reader falls too far behind. */
  async *subscribe(signal?: AbortSignal): AsyncGenerator<FeedEvent, void> {
    const subscriber = new Subscriber();
    const wake = () => subscriber.end();
    signal?.addEventListener('abort', wake, { once: true });
    this.#subscribers.add(subscriber);
    try {
      yield { type: 'hello', sequence: this.#sequence };
      while (!signal?.aborted) {
        const events = await subscriber.take();
        if (events === null) return;
        yield* events;
      }
    } finally {
      this.#subscribers.delete(subscriber);
      signal?.removeEventListener('abort', wake);
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const subscriber of this.#subscribers) subscriber.end();
  }

  #flushTopics(): void {
    this.#timer = undefined;
    const topics = [...this.#topics];
    this.#topics.clear();
    this.publish({ type: 'data.changed', topics });
  }
}

/** A reader's queue. */
class Subscriber {
  #unread: FeedEvent[] = [];
  #ended = false;
  #wake: (() => void) | null = null;

  push(event: FeedEvent): void {
    if (this.#unread.length >= MAX_UNREAD) this.end();
    if (!this.#ended) this.#unread.push(event);
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /** What came since the last call, waiting for at least one event; null when there will be no more. */
  async take(): Promise<FeedEvent[] | null> {
    while (this.#unread.length === 0) {
      if (this.#ended) return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const events = this.#unread;
    this.#unread = [];
    return events;
  }
}
