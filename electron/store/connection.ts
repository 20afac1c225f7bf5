import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { StoreError } from './errors';
import { MIGRATIONS } from './migrations';
import type { Migration } from './migrations/migration';
import { searchWords } from './search-words';
import { refreshStatistics } from './statistics';

declare const READ: unique symbol;
declare const WRITE: unique symbol;

/** A connection that queries may read from. */
export type ReadDb = Database.Database & { readonly [READ]: true };

/** A connection that may change the store. It can be read from too; the other way round is an error. */
export type WriteDb = ReadDb & { readonly [WRITE]: true };

/** How long a statement waits for the other connection's lock, in milliseconds. */
const BUSY_MS = 5_000;

/** Opens the store for reading only; the file must be there. `said` is told each statement it runs. */
export function openReader(path: string, said?: (sql: unknown) => void): ReadDb {
  const db = new Database(path, {
    readonly: true,
    fileMustExist: true,
    timeout: BUSY_MS,
    ...(said ? { verbose: said } : {}),
  });
  knowWords(db);
  db.pragma('query_only = ON');
  db.pragma('cache_size = -32000');
  return db as ReadDb;
}

/**
 * Opens the store for reading only, for whoever has nobody to bring its schema up to date. Throws a
 * `StoreError` of kind `newer` or `older` when the file is not of this version of the app.
 */
export function openUnchanged(path: string): ReadDb {
  const db = openReader(path);
  try {
    const version = versionOf(db);
    if (version < (MIGRATIONS.at(-1)?.version ?? 0)) {
      throw new StoreError('older', `the store has schema ${version}`);
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Opens the store for writing, makes it if need be and brings its schema up to date.
 * Throws a `StoreError` of kind `newer` when the file comes from a later version of the app, and what
 * SQLite throws when it cannot be opened.
 */
export function openWriter(path: string, migrations: readonly Migration[] = MIGRATIONS): WriteDb {
  const db = new Database(path, { timeout: BUSY_MS });
  knowWords(db);
  try {
    // Before anything that could change the file.
    const version = versionOf(db, migrations);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('wal_autocheckpoint = 1000');
    db.pragma('cache_size = -16000');
    migrate(db, path, version, migrations);
    refreshStatistics(db);
    return db as WriteDb;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** What views and triggers of the schema call: without it a connection can neither write texts nor show hits. */
export function knowWords(db: Database.Database): void {
  db.function('search_words', { deterministic: true }, (text: unknown) =>
    typeof text === 'string' ? searchWords(text) : text,
  );
}

/** The schema of a file. Throws a `StoreError` of kind `newer` when this version of the app does not know it. */
export function versionOf(
  db: Database.Database,
  migrations: readonly Migration[] = MIGRATIONS,
): number {
  const version = Number(db.pragma('user_version', { simple: true }));
  const newest = migrations.at(-1)?.version ?? 0;
  if (version > newest) {
    throw new StoreError('newer', `the store has schema ${version}, this app knows ${newest}`);
  }
  return version;
}

/**
 * Applies the migrations the file lacks, all in one transaction, after a copy of it was made and
 * checked. Whatever fails leaves the file as it was.
 */
function migrate(
  db: Database.Database,
  path: string,
  version: number,
  migrations: readonly Migration[],
): void {
  const missing = migrations.filter((migration) => migration.version > version);
  if (missing.length === 0) return;
  if (version > 0) copyBeforeMigration(db, path, version);
  db.transaction(() => {
    for (const migration of missing) {
      db.exec(migration.sql);
      db.pragma(`user_version = ${migration.version}`);
    }
    const broken = db.pragma('foreign_key_check');
    const sound = db.pragma('quick_check(1)', { simple: true });
    if (sound !== 'ok' || (Array.isArray(broken) && broken.length > 0)) {
      throw new StoreError('corrupt', `the migrated store is not sound: ${String(sound)}`);
    }
  }).immediate();
}

function copyBeforeMigration(db: Database.Database, path: string, version: number): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
  const copy = `${path}.before-${version}`;
  const partial = `${copy}.partial`;
  rmSync(partial, { force: true });
  try {
    copyFileSync(path, partial);
    checkSound(partial);
    if (existsSync(copy)) rmSync(copy);
    renameSync(partial, copy);
  } catch (error) {
    // It would take the room that is missing.
    rmSync(partial, { force: true });
    throw error;
  }
}

function checkSound(path: string): void {
  // A connection that only reads would leave its -wal and -shm files beside the copy.
  const check = new Database(path);
  try {
    if (check.pragma('quick_check(1)', { simple: true }) !== 'ok') {
      throw new StoreError('corrupt', 'the store is damaged; it was not changed');
    }
  } finally {
    check.close();
  }
}
