import { parentPort, workerData } from 'node:worker_threads';
import { CODE_OF_KIND, storeError } from '../store/errors';
import type { HealthJob, HealthReply } from './health-thread';
import { faultsIn, figuresOf } from './health-work';

function done(job: HealthJob): HealthReply {
  try {
    return job.kind === 'figures'
      ? { type: 'figures', figures: figuresOf(job.store) }
      : { type: 'checked', faults: faultsIn(job.part, job.store, job.scratch) };
  } catch (error) {
    return { type: 'failed', failure: { code: CODE_OF_KIND[storeError(error).kind] } };
  }
}

parentPort?.postMessage(done(workerData));
