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
    const line = [new Date().toISOString(), reference, event, describe(error)].join(' ').trim();
    try {
      this.#rotate();
      appendFileSync(this.#path, `${line}\n`, { mode: 0o600 });
    } catch {
      // There is nowhere left to say it.
    }
    return reference;
  }

  #rotate(): void {
    const size = statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0;
    if (size > MAX_BYTES) renameSync(this.#path, `${this.#path}.1`);
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return error === undefined ? '' : typeof error;
  const code = 'code' in error ? ` ${String(error.code)}` : '';
  const kind = 'kind' in error ? ` ${String(error.kind)}` : '';
  const at = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at ')) ?? '';
  return `${error.name}${code}${kind} ${at.trim().replace(/\(?(file:\/\/)?\/.*\//, '')}`;
}
