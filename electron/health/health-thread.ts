import { Worker } from 'node:worker_threads';
import type { HealthPart } from '../../shared/contract/health';
import { type Failure, FailureError } from '../../shared/errors';
import type { StoreFigures } from './health-work';

/** What a thread does: looks at one part of the store, or counts what is in it. */
export type HealthJob = {
  /** The store's file. */
  readonly store: string;
} & (
  | { readonly kind: 'figures' }
  /** `scratch`: where a copy may stand meanwhile. */
  | { readonly kind: 'check'; readonly part: HealthPart; readonly scratch: string }
);

export type HealthReply =
  | { readonly type: 'figures'; readonly figures: StoreFigures }
  | { readonly type: 'checked'; readonly faults: number }
  | { readonly type: 'failed'; readonly failure: Failure };

/** Does a job in a thread of its own. Rejects with a `FailureError` that says why it could not be done. */
export function runHealthThread(entry: string, job: HealthJob): Promise<HealthReply> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(entry, { workerData: job });
    worker.on('message', (reply: HealthReply) => {
      if (reply.type === 'failed') reject(new FailureError(reply.failure));
      else resolve(reply);
    });
    worker.on('error', (error) => reject(new FailureError({ code: 'internal' }, { cause: error })));
    worker.on('exit', () => reject(new FailureError({ code: 'internal' })));
  });
}
