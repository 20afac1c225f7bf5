import { readdirSync, statSync } from 'node:fs';
import { StoreError } from '../store/errors';
import { backupOf } from './backup-names';
import type { BackupPlaces } from './pending-restore';

/**
 * Throws a `StoreError` of kind `corrupt` when the store's file is empty although there was something in it:
 * SQLite would take it for a new one, and throw away the log beside it. To be called before it is opened.
 */
export function refuseEmptied({ store, backups }: BackupPlaces): void {
  if (sizeOf(store) !== 0) return;
  if ((sizeOf(`${store}-wal`) ?? 0) > 0 || namesIn(backups).some((name) => backupOf(name))) {
    throw new StoreError('corrupt', 'the file is empty');
  }
}

function sizeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.size ?? null;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
