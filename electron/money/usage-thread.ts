import { Worker } from 'node:worker_threads';
import type { UsageOrder, UsageWritten } from '../../shared/contract/usage-file';
import type { Failure } from '../../shared/errors';
import type { Calendar } from '../store/queries/spending-report';

/** One file to write. */
export interface UsageJob {
  /** Where the file is to stand. */
  readonly path: string;
  readonly order: UsageOrder;
  readonly calendar: Calendar;
}

/** What the thread is given; its `workerData`. */
export interface UsageThreadSetup extends UsageJob {
  /** The store's file. */
  readonly store: string;
  /** Its first number is 1 once the job is cancelled. */
  readonly stop: SharedArrayBuffer;
}

/** What a thread says. The last one is not `writing`. */
export type UsageReply =
  | { readonly type: 'writing'; readonly rows: number; readonly of: number }
  | ({ readonly type: 'written' } & UsageWritten)
  | { readonly type: 'cancelled' }
  | { readonly type: 'failed'; readonly failure: Failure };

/** A thread that writes one file. */
export interface UsageThread {
  onReply(listener: (reply: UsageReply) => void): void;
  /** It ended, by itself or by a fault. */
  onExit(listener: () => void): void;
  /** Gives the file up; nothing of it stays. */
  stop(): void;
}

/**
 * Writes a file in a thread of its own, with its own connection to the store, so that neither the page
 * nor anybody who reads waits for it.
 */
export function startUsageThread(entry: string, store: string, job: UsageJob): UsageThread {
  const stop = new SharedArrayBuffer(4);
  const setup: UsageThreadSetup = { ...job, store, stop };
  const worker = new Worker(entry, { workerData: setup });
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
