import { parentPort, workerData } from 'node:worker_threads';
import { serveStore } from './serve';

if (!parentPort) throw new Error('the store worker runs in a worker thread');
serveStore(parentPort, workerData);
