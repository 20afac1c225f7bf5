import { closeSync, existsSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { BackupContents, BackupPreview } from '../../shared/contract/backup';
import { openReader, type ReadDb, versionOf } from '../store/connection';
import { StoreError } from '../store/errors';
import { statement } from '../store/statement';

/**
 * Copies the store as it is at one moment into a new file, checks it, and only then gives it its name. The
 * store can be read and written meanwhile. Throws a `StoreError` of kind `corrupt` when what was copied is
 * not sound, and what SQLite throws when there is no room.
 */
export function makeBackup(store: string, path: string): void {
  const partial = `${path}.partial`;
  rmSync(partial, { force: true });
  try {
    const reader = openReader(store);
    try {
      reader.pragma('query_only = OFF');
      reader.prepare('VACUUM INTO ?').run(partial);
    } finally {
      reader.close();
    }
    checkSound(partial);
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

function checkSound(path: string): void {
  const copy = new Database(path);
  try {
    if (copy.pragma('quick_check(1)', { simple: true }) !== 'ok') {
      throw new StoreError('corrupt', 'the copy of the store is not sound');
    }
  } finally {
    copy.close();
  }
}

/** What a backup has. Throws where it cannot be read. */
export function contentsOf(path: string): BackupContents {
  const db = openBackup(path);
  try {
    return countsIn(db);
  } finally {
    db.close();
  }
}

/** What a backup has, beside what stands in the store now. Throws where it cannot be read. */
export function previewBackup(store: string, path: string): BackupPreview {
  const db = openBackup(path);
  try {
    return { ...countsIn(db), ...missingIn(store, db) };
  } finally {
    db.close();
  }
}

function openBackup(path: string): ReadDb {
  if (statSync(path).size === 0) throw new StoreError('corrupt', 'the backup is empty');
  const db = openReader(path);
  try {
    // Restored, it could not be opened.
    versionOf(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function countsIn(db: ReadDb): BackupContents {
  const counts = statement<BackupContents>(
    db,
    `SELECT (SELECT count(*) FROM conversation WHERE deleted_at IS NULL) AS conversations,
         (SELECT count(*) FROM message WHERE deleted_at IS NULL) AS messages,
         (SELECT count(*) FROM run WHERE is_demo = 0) AS answers`,
  ).get();
  if (!counts) throw new StoreError('corrupt', 'the backup cannot be read');
  return counts;
}

function missingIn(
  store: string,
  backup: ReadDb,
): Pick<BackupPreview, 'missingConversations' | 'missingAnswers'> {
  const uids = (table: 'conversation' | 'run') =>
    new Set(
      backup
        .prepare<[], { uid: string }>(`SELECT uid FROM ${table}`)
        .all()
        .map(({ uid }) => uid),
    );
  const present = openReader(store);
  try {
    const missing = (table: 'conversation' | 'run') => {
      const known = uids(table);
      let count = 0;
      const rows = present.prepare<[], { uid: string }>(`SELECT uid FROM ${table}`).iterate();
      for (const { uid } of rows) if (!known.has(uid)) count += 1;
      return count;
    };
    return { missingConversations: missing('conversation'), missingAnswers: missing('run') };
  } finally {
    present.close();
  }
}

/** The hashes of the files that a store names. Throws where it cannot be read. */
export function filesIn(path: string): string[] {
  const db = openReader(path);
  try {
    return db
      .prepare<[], { sha256: string }>('SELECT sha256 FROM attachment')
      .all()
      .map(({ sha256 }) => sha256);
  } finally {
    db.close();
  }
}

/**
 * The hashes of the files that a backup names. Of one that is too broken to be read, as a store is that was
 * set aside: everything in it that looks like one, so that no image is missed which could be saved from it.
 */
export function filesInBackup(path: string): string[] {
  try {
    return filesIn(path);
  } catch {
    return [path, `${path}-wal`].filter((one) => existsSync(one)).flatMap(hashesIn);
  }
}

const HASH_LENGTH = 64;
const CHUNK = 1 << 20;

/** A row has its hash in one piece, and no letter of one before it. */
function hashesIn(path: string): string[] {
  const found = new Set<string>();
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.alloc(CHUNK);
    let rest = '';
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      const text = rest + chunk.toString('latin1', 0, read);
      for (const [hash] of text.matchAll(/(?<![0-9a-f])[0-9a-f]{64}/g)) found.add(hash);
      rest = text.slice(-HASH_LENGTH);
    }
  } finally {
    closeSync(file);
  }
  return [...found];
}
