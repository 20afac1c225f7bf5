import { Worker } from 'node:worker_threads';
import type { BackupPreview } from '../../shared/contract/backup';
import { type Failure, FailureError } from '../../shared/errors';

/** What a thread does: makes a backup at `path`, or tells what is in the one there, or which files it names. */
export interface BackupJob {
  readonly kind: 'make' | 'preview' | 'files';
  /** The store's file. */
  readonly store: string;
  readonly path: string;
}

export type BackupReply =
  | { readonly type: 'made' }
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
