import type { StoreTrouble } from '../../shared/contract/app';
import { StoreError, type StoreErrorKind } from './errors';

/** A write that is on its way for longer is worth a word, in milliseconds. */
const SLOW_MS = 3_000;

/** How often it is tried whether the store can be written again, in milliseconds. */
const PROBE_MS = 1_500;

const TROUBLES: Partial<Readonly<Record<StoreErrorKind, StoreTrouble>>> = {
  full: 'full',
  read_only: 'read_only',
  corrupt: 'corrupt',
  crashed: 'crashed',
};

/**
 * What keeps the store from being written while the app runs, as its calls tell. What cannot be saved
 * waits in memory at its owner; here it is only noticed when there is trouble, and when it is over.
 */
export class TroubleWatch {
  readonly #probe: () => Promise<void>;
  readonly #listeners = new Set<() => void>();
  readonly #slow = new Set<object>();
  #hard: StoreTrouble | null = null;
  #told: StoreTrouble | null = null;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** `probe` writes as much as a checkpoint would, and leaves nothing. */
  constructor(probe: () => Promise<void>) {
    this.#probe = probe;
  }

  get now(): StoreTrouble | null {
    return this.#hard ?? (this.#slow.size > 0 ? 'slow' : null);
  }

  /** Is called whenever there is another trouble, or none any more. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Watches a call. What became of it is its caller's business. */
  follow(call: Promise<unknown>): void {
    const token = {};
    const timer = setTimeout(() => {
      this.#slow.add(token);
      this.#tell();
    }, SLOW_MS);
    timer.unref();
    const settled = () => {
      clearTimeout(timer);
      if (this.#slow.delete(token)) this.#tell();
    };
    call.then(settled, (error: unknown) => {
      settled();
      const trouble = error instanceof StoreError ? TROUBLES[error.kind] : undefined;
      if (trouble) this.#begin(trouble);
    });
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  #begin(trouble: StoreTrouble): void {
    // What is damaged is not mended by waiting, whatever else comes.
    if (this.#closed || this.#hard === 'corrupt') return;
    this.#hard = trouble;
    this.#tell();
    clearTimeout(this.#timer);
    if (trouble !== 'corrupt') this.#timer = setTimeout(() => void this.#try(), PROBE_MS);
  }

  async #try(): Promise<void> {
    try {
      await this.#probe();
      // It may have been found damaged while the probe was on its way.
      if (this.#hard === 'corrupt') return;
      this.#hard = null;
      this.#tell();
    } catch (error) {
      const trouble = error instanceof StoreError ? TROUBLES[error.kind] : undefined;
      this.#begin(trouble ?? this.#hard ?? 'crashed');
    }
  }

  #tell(): void {
    if (this.now === this.#told) return;
    this.#told = this.now;
    for (const listener of this.#listeners) listener();
  }
}
