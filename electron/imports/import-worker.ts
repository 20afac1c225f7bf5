import { workerData } from 'node:worker_threads';
import type { FileThreadSetup } from '../files/file-thread';
import { workInThread } from '../files/file-work';
import { type ImportReading, readImport } from './import-work';

function run(setup: ImportReading & FileThreadSetup): void {
  void workInThread(setup, (db, reached) => readImport(db, setup, reached));
}

run(workerData);
