import { Worker } from 'node:worker_threads';
import type { Reply, Request, WorkerSetup } from './protocol';

/** The other end of a store thread; all that the client knows of worker threads. */
export interface StorePort {
  post(message: Request | 'close'): void;
  onReply(listener: (reply: Reply) => void): void;
  /** The thread ended, by itself or by a fault. */
  onExit(listener: (cause: Error | null) => void): void;
}

/** Starts a store thread from its built entry. */
export function spawnStoreThread(entry: URL | string, setup: WorkerSetup): StorePort {
  const worker = new Worker(entry, { workerData: setup });
  return {
    post: (message) => worker.postMessage(message),
    onReply: (listener) => worker.on('message', listener),
    onExit: (listener) => {
      let cause: Error | null = null;
      worker.on('error', (error) => {
        cause = error instanceof Error ? error : new Error(String(error));
      });
      worker.on('exit', () => listener(cause));
    },
  };
}
