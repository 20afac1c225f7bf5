import { randomBytes } from 'node:crypto';
import { appendFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const MAX_BYTES = 1_000_000;

/**
 * Writes what went wrong, under a reference the user can read out. Only what our own code names goes
 * in: the event, the error's name, code and place in our sources. An error's message may quote what a
 * server or a user said, so it stays out, and so do keys (design, section 8).
 */
export class Log {
  readonly #path: string;

  constructor(folder: string) {
    this.#path = join(folder, 'slice.log');
  }

  /** Returns the reference. Never throws: a full disk must not make things worse. */
  write(event: string, error?: unknown): string {
    const reference = randomBytes(4).toString('hex');
    try {
      const line = [new Date().toISOString(), reference, event, describe(error)].join(' ').trim();
      this.#rotate();
      appendFileSync(this.#path, `${line}\n`, { mode: 0o600 });
    } catch {
      // There is nowhere left to say it, or nothing that can be said of it.
    }
    return reference;
  }

  #rotate(): void {
    const size = statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0;
    if (size > MAX_BYTES) renameSync(this.#path, `${this.#path}.1`);
  }
}

/** A code or a kind as we, Node and SQLite write them, such as `E2BIG`, `SQLITE_FULL` and `read_only`. */
const CODE = /^(?:[A-Z]+\d?[A-Z]*(?:_[A-Z]+\d?[A-Z]*)*|[a-z]+(?:_[a-z]+)*|\d{1,5})$/;
const MAX_CODE_LENGTH = 60;

const NAME = /^(?:[A-Z][A-Za-z]{0,40})?(?:Error|Exception|NotTaken)$/;

/** A line of a stack: the function, and the file without the folders that it lies in. */
const FRAME = /^\s+at (?:([\w.#$<> ]{1,100}) \()?(?:.*[\\/:])?([\w.-]{1,100}:\d+:\d+)\)?$/;

function describe(error: unknown): string {
  if (!(error instanceof Error)) return error === undefined ? '' : typeof error;
  const name = NAME.test(String(error.name)) ? error.name : 'Error';
  const words = [name, codeIn(error, 'code'), codeIn(error, 'kind'), placeOf(error)];
  return words.filter((word) => word !== '').join(' ');
}

/** What is no code may be somebody's words, so nothing is said of it. */
function codeIn(error: Error, field: 'code' | 'kind'): string {
  const value = field in error ? String(Reflect.get(error, field)) : '';
  return value.length <= MAX_CODE_LENGTH && CODE.test(value) ? value : '';
}

/** The first line of the stack below the message; a message may have lines that look like one. */
function placeOf({ stack, message }: Error): string {
  const text = String(stack);
  const start = message === '' ? 0 : text.indexOf(`: ${message}`);
  if (start < 0 || text.slice(0, start).includes('\n')) return '';
  const below = message === '' ? text : text.slice(start + message.length + 2);
  for (const line of below.split('\n')) {
    const [, called, place] = FRAME.exec(line) ?? [];
    if (place !== undefined)
      return called === undefined ? `at ${place}` : `at ${called} (${place})`;
  }
  return '';
}
