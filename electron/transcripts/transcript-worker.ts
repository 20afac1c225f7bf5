import { workerData } from 'node:worker_threads';
import type { FileThreadSetup } from '../files/file-thread';
import { workOnFile } from '../files/file-work';
import { type TranscriptPlace, writeTranscripts } from './transcript-writing';
import type { TranscriptJob } from './transcripts';

function run(setup: TranscriptJob & TranscriptPlace & FileThreadSetup): void {
  workOnFile(setup, (db, receiver) => writeTranscripts(db, setup.order, setup, receiver));
}

run(workerData);
