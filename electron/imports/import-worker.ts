import { workerData } from 'node:worker_threads';
import type { FileThreadSetup } from '../files/file-thread';
import { workInThread } from '../files/file-work';
import { type ImportReading, readConversations } from './import-work';

function run(setup: ImportReading & FileThreadSetup): void {
  workInThread(setup, (db, reached) => readConversations(db, setup, reached));
}

run(workerData);
