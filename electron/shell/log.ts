import { randomBytes } from 'node:crypto';
import { appendFileSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Past this the file is set aside, in the place of the one set aside before. In bytes. */
const MAX_BYTES = 1_000_000;

/** A line says a few words; so long it may be, in characters. */
const MAX_LINE = 400;

/** What of a line can be told to somebody else. */
export interface LoggedFault {
  /** ISO 8601, in UTC. */
  readonly at: string;
  readonly reference: string;
  readonly event: string;
  /** The error's name, code and place in our sources; may be empty. */
  readonly error: string;
}

/**
 * Writes what went wrong, under a reference the user can read out. Only what our own code names goes
 * in: the event, the error's name, code and place in our sources. An error's message may quote what a
 * server or a user said, so it stays out, and so do keys (design, section 8).
 *
 * It takes two files of about a megabyte at the most.
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
      const parts = [new Date().toISOString(), reference, oneLine(event), describe(error)];
      this.#rotate();
      appendFileSync(this.#path, `${parts.join('\t').slice(0, MAX_LINE).trimEnd()}\n`, {
        mode: 0o600,
      });
    } catch {
      // There is nowhere left to say it, or nothing that can be said of it.
    }
    return reference;
  }

  /** The last of what was written, the newest first. What cannot be read is left out. */
  last(count: number): LoggedFault[] {
    const lines = [`${this.#path}.1`, this.#path].flatMap((path) => textOf(path).split('\n'));
    return lines
      .flatMap((line) => {
        const [at = '', reference = '', event, error = ''] = line.split('\t');
        return event !== undefined && TIME.test(at) && REFERENCE.test(reference)
          ? [{ at, reference, event, error }]
          : [];
      })
      .slice(-count)
      .toReversed();
  }

  #rotate(): void {
    const size = statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0;
    if (size > MAX_BYTES) renameSync(this.#path, `${this.#path}.1`);
  }
}

const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const REFERENCE = /^[0-9a-f]{8}$/;

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function oneLine(event: string): string {
  return event.replace(/\s+/g, ' ').trim();
}

/** A code or a kind as we, Node and SQLite write them, such as `E2BIG`, `SQLITE_FULL` and `read_only`. */
const CODE = /^(?:[A-Z]+\d?[A-Z]*(?:_[A-Z]+\d?[A-Z]*)*|[a-z]+(?:_[a-z]+)*|\d{1,5})$/;
const MAX_CODE_LENGTH = 60;

const NAME = /^(?:[A-Z][A-Za-z]{0,40})?(?:Error|Exception|NotTaken)$/;

/** A line of a stack: the file without the folders that it lies in, which may have the user's name. */
const FRAME = /^\s+at (?:[\w.#$<> ]{1,100} \()?(?:.*[\\/:])?([\w.-]{1,100}:\d+:\d+)\)?$/;

function describe(error: unknown): string {
  if (!(error instanceof Error)) return error === undefined || error === null ? '' : typeof error;
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
    const [, place] = FRAME.exec(line) ?? [];
    if (place !== undefined) return `at ${place}`;
  }
  return '';
}
