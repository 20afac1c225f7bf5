import { parentPort, workerData } from 'node:worker_threads';
import { FailureError } from '../../shared/errors';
import { openReader } from '../store/connection';
import { CODE_OF_KIND, storeError } from '../store/errors';
import { writeUsageFile } from './usage-file';
import type { UsageReply, UsageThreadSetup } from './usage-thread';

/** How often it is said how far the writing is, in milliseconds. */
const SAY_MS = 100;

class Cancelled extends Error {}

function run({ path, order, calendar, store, stop }: UsageThreadSetup): void {
  const say = (reply: UsageReply) => parentPort?.postMessage(reply);
  const stopped = new Int32Array(stop);
  let said = 0;
  try {
    const db = openReader(store);
    try {
      const written = writeUsageFile(db, path, order, calendar, (rows, of) => {
        if (Atomics.load(stopped, 0) === 1) throw new Cancelled();
        if (performance.now() - said < SAY_MS) return;
        said = performance.now();
        say({ type: 'writing', rows, of });
      });
      say({ type: 'written', ...written });
    } finally {
      db.close();
    }
  } catch (error) {
    if (error instanceof Cancelled) say({ type: 'cancelled' });
    else if (error instanceof FailureError) say({ type: 'failed', failure: error.failure });
    else say({ type: 'failed', failure: { code: CODE_OF_KIND[storeError(error).kind] } });
  }
}

run(workerData);
