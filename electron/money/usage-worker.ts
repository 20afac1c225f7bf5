import { workerData } from 'node:worker_threads';
import type { FileThreadSetup } from '../files/file-thread';
import { workOnFile } from '../files/file-work';
import type { UsageJob } from './usage-files';
import { writeUsage } from './usage-writing';

function run(setup: UsageJob & FileThreadSetup): void {
  const { order, calendar } = setup;
  workOnFile(setup, (db, receiver) => writeUsage(db, order, calendar, receiver));
}

run(workerData);
