import { Worker } from 'node:worker_threads';
import type { BackupContents, BackupPreview } from '../../shared/contract/backup';
import { type Failure, FailureError } from '../../shared/errors';

/**
 * What a thread does: makes a backup at `path`, or one of what can be read of a broken store, or tells what is in the one there, also beside the store, or
 * which files it names.
 */
export interface BackupJob {
  readonly kind: 'make' | 'salvage' | 'contents' | 'preview' | 'files';
  /** The store's file. */
  readonly store: string;
  readonly path: string;
}

export type BackupReply =
  | { readonly type: 'made' }
  | {
      readonly type: 'salvaged';
      readonly contents: BackupContents;
      readonly unreadable: number;
    }
  | { readonly type: 'contents'; readonly contents: BackupContents }
  | { readonly type: 'previewed'; readonly preview: BackupPreview }
  | { readonly type: 'files'; readonly hashes: readonly string[] }
  | { readonly type: 'failed'; readonly failure: Failure };

/** Does a job in a thread of its own. Rejects with a `FailureError` that says why it could not be done. */
export function runBackupThread(entry: string, job: BackupJob): Promise<BackupReply> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(entry, { workerData: job });
    worker.on('message', (reply: BackupReply) => {
      if (reply.type === 'failed') reject(new FailureError(reply.failure));
      else resolve(reply);
    });
    worker.on('error', (error) => reject(new FailureError({ code: 'internal' }, { cause: error })));
    worker.on('exit', () => reject(new FailureError({ code: 'internal' })));
  });
}
