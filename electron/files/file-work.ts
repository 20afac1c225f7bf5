import { parentPort } from 'node:worker_threads';
import { FailureError } from '../../shared/errors';
import { openReader, type ReadDb } from '../store/connection';
import { CODE_OF_KIND, storeError } from '../store/errors';
import { FileDraft } from './file-draft';
import type { FileReply, FileThreadSetup } from './file-thread';

/** Whoever takes the text of a file piece by piece. */
export interface FileReceiver {
  take(text: string): void;
  /** So many of all rows are written. What it throws ends the writing. */
  reached(rows: number, of: number): void;
}

/** How often it is said how far the writing is, in milliseconds. */
const SAY_MS = 100;

class Cancelled extends Error {}

/**
 * Writes a file to its place: as a whole, or not at all when anything throws, `reached` included.
 * Throws a `FailureError` that says why it could not be written.
 */
export function writeWhole<Written>(
  path: string,
  reached: FileReceiver['reached'],
  write: (receiver: FileReceiver) => Written,
): Written {
  const draft = new FileDraft(path);
  try {
    const written = write({ take: (text) => draft.write(text), reached });
    draft.keep();
    return written;
  } catch (error) {
    draft.discard();
    throw error;
  }
}

/** What a thread does that writes one file: opens the store, writes, and says how it went. */
export function workOnFile<Written>(
  setup: FileThreadSetup,
  write: (db: ReadDb, receiver: FileReceiver) => Written,
): void {
  void workInThread(setup, (db, reached) =>
    writeWhole(setup.path, reached, (receiver) => write(db, receiver)),
  );
}

/** What a thread does with one file: opens the store, works, and says how it went. */
export async function workInThread<Result>(
  { store, stop }: FileThreadSetup,
  work: (db: ReadDb, reached: FileReceiver['reached']) => Result | Promise<Result>,
): Promise<void> {
  const say = (reply: FileReply<Result>) => parentPort?.postMessage(reply);
  const stopped = new Int32Array(stop);
  let said = 0;
  const reached = (rows: number, of: number) => {
    if (Atomics.load(stopped, 0) === 1) throw new Cancelled();
    if (performance.now() - said < SAY_MS) return;
    said = performance.now();
    say({ type: 'writing', rows, of });
  };
  try {
    const db = openReader(store);
    try {
      say({ type: 'written', written: await work(db, reached) });
    } finally {
      db.close();
    }
  } catch (error) {
    if (error instanceof Cancelled) say({ type: 'cancelled' });
    else if (error instanceof FailureError) say({ type: 'failed', failure: error.failure });
    else say({ type: 'failed', failure: { code: CODE_OF_KIND[storeError(error).kind] } });
  }
}
