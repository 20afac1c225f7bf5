import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../store/client';

export interface CalendarParts {
  readonly store: Pick<Store, 'write'>;
  /** The system's time zone as it is now. */
  readonly systemZone: () => string;
  /** Called when rows came to other days. */
  readonly moved: () => void;
  readonly failed: (error: unknown) => void;
}

/** Between two slices others may write. */
const PAUSE_MS = 10;

/**
 * Keeps every row of the ledger on its day in the user's time zone, also when that becomes another one while
 * the app runs.
 */
export class Calendar {
  readonly #parts: CalendarParts;
  readonly #end = new AbortController();
  /** What the rows are on their way to; null before the start. */
  #zone: string | null = null;
  #moving: Promise<void> = Promise.resolve();

  constructor(parts: CalendarParts) {
    this.#parts = parts;
  }

  /**
   * The time zone as it is now. Whoever asks may write a row with its day in it; where it is another one than
   * before, all other rows follow, because one that stood alone would never be found again.
   */
  readonly timeZone = (): string => {
    const zone = this.#parts.systemZone();
    if (this.#zone !== null && zone !== this.#zone) this.#follow(zone);
    return zone;
  };

  /** Brings the rows to where they belong if the zone became another one since the app last ran. */
  start(): void {
    this.#follow(this.#parts.systemZone());
  }

  /** What is left is done at the next start. */
  close(): void {
    this.#end.abort();
  }

  #follow(zone: string): void {
    this.#zone = zone;
    this.#moving = this.#moving.then(() => this.#move(zone)).catch(this.#parts.failed);
  }

  /** A little at a time, behind everything else. */
  async #move(zone: string): Promise<void> {
    const { store, moved } = this.#parts;
    const { signal } = this.#end;
    let rows = 0;
    while (!signal.aborted) {
      const slice = await store.write.moveCalendar(zone);
      rows += slice.moved;
      if (slice.done) break;
      await pause(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
    if (rows > 0 && !signal.aborted) moved();
  }
}
