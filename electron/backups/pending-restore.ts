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

const wish = z.object({
  /** The backup that takes the store's place; null for none, so that the next start makes a new one. */
  name: backupName.nullable(),
  at: z.number().int(),
  /** As what the present is kept. */
  aside: z.enum(['before-restore', 'set-aside']).default('before-restore'),
});
type Wish = z.input<typeof wish>;

const wishFile = ({ backups }: BackupPlaces) => join(backups, 'restore.json');

/** Has the next start put a backup, or nothing, in the place of the store. */
export function wishRestore(places: BackupPlaces, wished: Wish): void {
  mkdirSync(places.backups, { recursive: true, mode: 0o700 });
  // On the disk before the next start moves anything: that finishes only what it knows it has begun.
  writeFileSync(wishFile(places), JSON.stringify(wished), { flush: true });
}

/** Has the next start go on with what there is: the user would not have the app end for it. */
export function withdrawRestore(places: BackupPlaces): void {
  rmSync(wishFile(places), { force: true });
}

/** The files that SQLite keeps beside a store; they belong to it and go where it goes. */
const LOG = '-wal';
const BESIDE = [LOG, '-shm'] as const;

/**
 * Puts the backup that was wished for in the place of the store, which becomes a backup itself. To be
 * called before the store is opened. Can be cut off anywhere and done again: the store is either the old
 * one or the new one, and the old one is always kept. Returns whether anything was restored.
 */
export function restoreIfWished(places: BackupPlaces): boolean {
  const { store, backups } = places;
  const wished = readWish(wishFile(places));
  if (!wished) return false;
  const { name, at, aside } = wished;
  const keep = join(backups, backupFile(at, aside));
  if (name === null) putAside(store, keep);
  else {
    const coming = `${store}.restoring`;
    if (!copied(join(backups, name), coming)) {
      // What there is goes on, whole: an earlier start may have been cut off while it put it aside.
      takeBack(store, keep);
      rmSync(wishFile(places), { force: true });
      return false;
    }
    putAside(store, keep);
    for (const end of BESIDE) rmSync(store + end, { force: true });
    if (existsSync(coming + LOG)) renameSync(coming + LOG, store + LOG);
    renameSync(coming, store);
  }
  rmSync(wishFile(places), { force: true });
  return true;
}

/** Once that is done, what stands in its place is what was restored, or nothing. */
function putAside(store: string, keep: string): void {
  if (existsSync(keep) || !existsSync(store)) return;
  mkdirSync(dirname(keep), { recursive: true });
  try {
    for (const end of BESIDE) if (existsSync(store + end)) renameSync(store + end, keep + end);
    renameSync(store, keep);
  } catch (error) {
    // Another program has it open. Another choice, under another name, may be made next.
    takeBack(store, keep);
    throw error;
  }
}

/** The same backwards, as far as it had come: without its log the store would lack the newest. */
function takeBack(store: string, keep: string): void {
  if (existsSync(keep)) {
    if (existsSync(store)) return;
    for (const end of BESIDE) rmSync(store + end, { force: true });
    renameSync(keep, store);
  }
  for (const end of BESIDE) if (existsSync(keep + end)) renameSync(keep + end, store + end);
}

function readWish(path: string): z.output<typeof wish> | null {
  if (!existsSync(path)) return null;
  try {
    return wish.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // Cut off while it was written: nothing was wished yet.
    rmSync(path, { force: true });
    return null;
  }
}

/** With the log of one that was put aside while it was open: the newest is only there. */
function copied(from: string, to: string): boolean {
  const clear = () => {
    for (const end of ['', LOG]) rmSync(to + end, { force: true });
  };
  try {
    clear();
    for (const end of ['', LOG]) {
      if (end !== '' && !existsSync(from + end)) continue;
      copyFileSync(from + end, to + end);
      sync(to + end);
    }
    return true;
  } catch {
    clear();
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
