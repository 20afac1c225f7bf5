import { writeSync } from 'node:fs';

/** Whoever read the output has heard enough. */
export class OutputClosed extends Error {}

/** Where the output goes it cannot be written. */
export class OutputFailed extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

const STANDARD_OUTPUT = 1;
const STANDARD_ERROR = 2;

/** How long a reader that is slower than we are is waited for each time, in milliseconds. */
const WAIT_MS = 2;

/**
 * Prints a text and waits until it is taken. Throws `OutputClosed` when nobody reads it any more, and
 * `OutputFailed` when it cannot be written.
 */
export function print(text: string): void {
  write(STANDARD_OUTPUT, text);
}

/** Says something that is no part of the result. */
export function say(text: string): void {
  try {
    write(STANDARD_ERROR, `${text}\n`);
  } catch (error) {
    if (!(error instanceof OutputClosed || error instanceof OutputFailed)) throw error;
  }
}

function write(file: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(file, bytes, at);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      // Windows says EOF of a closed pipe.
      if (code === 'EPIPE' || code === 'EOF') throw new OutputClosed();
      if (code !== 'EAGAIN') throw new OutputFailed(code);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
    }
  }
}
