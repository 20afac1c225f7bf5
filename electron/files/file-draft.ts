import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FailureError } from '../../shared/errors';

/** The most bytes that one UTF-16 unit takes in UTF-8. */
const BYTES_A_UNIT = 3;

/** Room for what is written at once, in bytes. */
const BUFFER_BYTES = 256 * 1024;

/** Why a file could not be written, in a word that the page and the command line know. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'disk_full';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'not_allowed';
    case 'ENOENT':
    case 'ENOTDIR':
      return 'no_folder';
    default:
      return 'not_written';
  }
}

/**
 * A file that is there as a whole or not at all: it grows beside its place under another name, and only
 * `keep` moves it there. Every failure is a `FailureError` of the code `store_full` with a reason.
 */
export class FileDraft {
  readonly #path: string;
  readonly #draft: string;
  readonly #buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  #file: number | null;

  constructor(path: string) {
    this.#path = path;
    this.#draft = join(dirname(path), `.${randomUUID()}.part`);
    this.#file = this.#tried(() => openSync(this.#draft, 'wx'));
  }

  write(text: string): void {
    const units = Math.floor(BUFFER_BYTES / BYTES_A_UNIT);
    let at = 0;
    while (at < text.length) {
      let end = Math.min(at + units, text.length);
      // A character of two units must not be cut in the middle.
      if (end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1))) end -= 1;
      const bytes = this.#buffer.write(
        at === 0 && end === text.length ? text : text.slice(at, end),
      );
      this.#writeBytes(bytes);
      at = end;
    }
  }

  /** Puts the whole file in its place, over what was there. */
  keep(): void {
    this.#tried(() => {
      if (this.#file === null) throw new Error('the file was given up');
      fsyncSync(this.#file);
      this.#close();
      renameSync(this.#draft, this.#path);
    });
  }

  /** Leaves no trace of it. */
  discard(): void {
    this.#close();
    rmSync(this.#draft, { force: true });
  }

  #writeBytes(bytes: number): void {
    this.#tried(() => {
      if (this.#file === null) throw new Error('the file was given up');
      for (let at = 0; at < bytes; ) at += writeSync(this.#file, this.#buffer, at, bytes - at);
    });
  }

  #close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  #tried<Result>(action: () => Result): Result {
    try {
      return action();
    } catch (error) {
      throw new FailureError({ code: 'store_full', reason: reasonOf(error) }, { cause: error });
    }
  }
}
