import { parentPort, workerData } from 'node:worker_threads';
import { salvage } from '../salvage/salvage';
import { CODE_OF_KIND, storeError } from '../store/errors';
import type { BackupJob, BackupReply } from './backup-thread';
import { contentsOf, filesIn, filesInBackup, makeBackup, previewBackup } from './backup-work';

function run({ kind, store, path }: BackupJob): void {
  const say = (reply: BackupReply) => parentPort?.postMessage(reply);
  try {
    switch (kind) {
      case 'make':
        makeBackup(store, path);
        say({ type: 'made' });
        break;
      case 'salvage':
        say({ type: 'salvaged', unreadable: salvage(store, path), contents: contentsOf(path) });
        break;
      case 'contents':
        say({ type: 'contents', contents: contentsOf(path) });
        break;
      case 'preview':
        say({ type: 'previewed', preview: previewBackup(store, path) });
        break;
      case 'files':
        say({ type: 'files', hashes: path === store ? filesIn(path) : filesInBackup(path) });
        break;
    }
  } catch (error) {
    say({ type: 'failed', failure: { code: CODE_OF_KIND[storeError(error).kind] } });
  }
}

run(workerData);
