/**
 * One of the app's threads that write a file (`workerData.entry`), whose last word also tells how much more its
 * heap held meanwhile, at most, garbage included: `heapMb`.
 */
import { parentPort, workerData } from 'node:worker_threads';

function held() {
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1_000_000;
}

globalThis.gc?.();
const before = held();
let most = before;
const post = parentPort.postMessage.bind(parentPort);
parentPort.postMessage = (reply) => {
  most = Math.max(most, held());
  const written = 'written' in reply ? { ...reply.written, heapMb: most - before } : undefined;
  post({ ...reply, ...(written ? { written } : {}) });
};
await import(workerData.entry);
