import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { backupName } from '../../shared/contract/backup';
import { backupFile } from './backup-names';

/** Where a store, its backups, and the word that one of them is to be restored stand. */
export interface BackupPlaces {
  readonly store: string;
  readonly backups: string;
}

const wish = z.object({ name: backupName, at: z.number().int() });

const wishFile = ({ backups }: BackupPlaces) => join(backups, 'restore.json');

/** Has the next start put a backup in the place of the store. */
export function wishRestore(places: BackupPlaces, name: string, at: number): void {
  writeFileSync(wishFile(places), JSON.stringify({ name, at }));
}

/** The files that SQLite keeps beside a store; they belong to it and go where it goes. */
const BESIDE = ['-wal', '-shm'] as const;

/**
 * Puts the backup that was wished for in the place of the store, which becomes a backup itself. To be
 * called before the store is opened. Can be cut off anywhere and done again: the store is either the old
 * one or the new one, and the old one is always kept. Returns whether anything was restored.
 */
export function restoreIfWished(places: BackupPlaces): boolean {
  const { store, backups } = places;
  const wished = readWish(wishFile(places));
  if (!wished) return false;
  const from = join(backups, wished.name);
  if (existsSync(from)) {
    const coming = `${store}.restoring`;
    if (!copied(from, coming)) {
      // Nothing was touched yet: what there is goes on.
      rmSync(wishFile(places), { force: true });
      return false;
    }
    const aside = join(backups, backupFile(wished.at, 'before-restore'));
    // Once it is put aside, what stands there is the restored one or nothing.
    if (!existsSync(aside) && existsSync(store)) {
      mkdirSync(dirname(aside), { recursive: true });
      for (const end of BESIDE) if (existsSync(store + end)) renameSync(store + end, aside + end);
      renameSync(store, aside);
    }
    for (const end of BESIDE) rmSync(store + end, { force: true });
    renameSync(coming, store);
  }
  rmSync(wishFile(places), { force: true });
  return true;
}

function readWish(path: string): z.infer<typeof wish> | null {
  if (!existsSync(path)) return null;
  try {
    return wish.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // Cut off while it was written: nothing was wished yet.
    rmSync(path, { force: true });
    return null;
  }
}

function copied(from: string, to: string): boolean {
  try {
    copyFileSync(from, to);
    sync(to);
    return true;
  } catch {
    rmSync(to, { force: true });
    return false;
  }
}

function sync(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
