import { useSyncExternalStore } from 'react';

/**
 * What stands in the composer's box, outside React: a key stroke draws only what it changes, however
 * much is written.
 */
export class WrittenText {
  #text: string;
  readonly #listeners = new Set<() => void>();

  constructor(text: string) {
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }

  set(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    for (const listener of this.#listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** Something simple about what is written; draws again only when that changes. */
export function useWritten<Value extends string | number | boolean>(
  written: WrittenText,
  read: (text: string) => Value,
): Value {
  const now = () => read(written.text);
  return useSyncExternalStore(written.subscribe, now, now);
}

/** Whether anything but blanks is written. Rarely looks further than at the first character. */
export function saysSomething(text: string): boolean {
  return /\S/.test(text);
}
