import { Worker } from 'node:worker_threads';
import type { Failure } from '../../shared/errors';

/** What every thread that writes a file is given, besides its job; its `workerData`. */
export interface FileThreadSetup {
  /** The store's file. */
  readonly store: string;
  /** Its first number is 1 once the job is cancelled. */
  readonly stop: SharedArrayBuffer;
  /** Where the file is to stand. */
  readonly path: string;
}

/** What a thread says; `Written` is what the whole file holds. The last one is not `writing`. */
export type FileReply<Written> =
  | { readonly type: 'writing'; readonly rows: number; readonly of: number }
  | { readonly type: 'written'; readonly written: Written }
  | { readonly type: 'cancelled' }
  | { readonly type: 'failed'; readonly failure: Failure };

/** A thread that writes one file. */
export interface FileThread<Written> {
  onReply(listener: (reply: FileReply<Written>) => void): void;
  /** It ended, by itself or by a fault. */
  onExit(listener: () => void): void;
  /** Gives the file up; nothing of it stays. */
  stop(): void;
}

/**
 * Nearly all that such a thread makes is soon garbage. With so little room for it, in MiB, it goes before it
 * counts as old, of which a hundred megabytes gather before anybody looks: less than half the memory, in less time.
 */
const YOUNG_MB = 3;

/**
 * Writes a file in a thread of its own, with its own connection to the store, so that neither the page
 * nor anybody who reads waits for it.
 */
export function startFileThread<Job extends { readonly path: string }, Written>(
  entry: string,
  store: string,
  job: Job,
): FileThread<Written> {
  const stop = new SharedArrayBuffer(4);
  const setup: Job & FileThreadSetup = { ...job, store, stop };
  const worker = new Worker(entry, {
    workerData: setup,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  return {
    onReply: (listener) => {
      worker.on('message', listener);
    },
    onExit: (listener) => {
      worker.on('error', () => undefined);
      worker.on('exit', () => listener());
    },
    stop: () => void Atomics.store(new Int32Array(stop), 0, 1),
  };
}
