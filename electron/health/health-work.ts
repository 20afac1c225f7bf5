import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { HealthPart } from '../../shared/contract/health';
import { knowWords, openReader, type ReadDb } from '../store/connection';
import { StoreError, storeError } from '../store/errors';
import { sumFaults } from '../store/queries/sum-faults';
import { statement } from '../store/statement';

/** What stands in the store, as numbers. */
export interface StoreFigures {
  /** The version of SQLite itself. */
  readonly sqlite: string;
  readonly schema: number;
  readonly conversations: number;
  readonly messages: number;
  readonly runs: number;
}

/** More faults than this say nothing new. */
const MOST_FAULTS = 100;

/**
 * Looks at one part of a store that may be in use, and returns how many faults it has. It only reads, so
 * nobody who writes waits for it. The search index can be compared with the messages only by a connection
 * that writes, so that is done on a copy at `scratch`, which takes as much room as the store.
 * Throws what SQLite throws when it cannot be looked at.
 */
export function faultsIn(part: HealthPart, store: string, scratch: string): number {
  switch (part) {
    case 'pages':
      return faultsInPages(store);
    case 'search':
      return faultsInSearch(store, scratch);
    case 'sums':
      return reading(store, (db) => {
        const { days, groups, conversations } = sumFaults(db);
        return days + groups + conversations;
      });
  }
}

export function figuresOf(store: string): StoreFigures {
  return reading(store, (db) => {
    const figures = statement<Omit<StoreFigures, 'schema'>>(
      db,
      `SELECT sqlite_version() AS sqlite, (SELECT count(*) FROM conversation) AS conversations,
         (SELECT count(*) FROM message) AS messages, (SELECT count(*) FROM run) AS runs`,
    ).get();
    if (!figures) throw new StoreError('corrupt', 'the store cannot be counted');
    return { ...figures, schema: Number(db.pragma('user_version', { simple: true })) };
  });
}

function reading<Found>(store: string, read: (db: ReadDb) => Found): Found {
  const db = openReader(store);
  try {
    return read(db);
  } finally {
    db.close();
  }
}

/** What is too broken to be read is a fault too. */
function faultsInPages(store: string): number {
  try {
    return reading(store, (db) => {
      const found = rowsOf(db.pragma(`quick_check(${MOST_FAULTS})`));
      const lost = rowsOf(db.pragma('foreign_key_check'));
      return found.filter((row) => !isSound(row)).length + lost.length;
    });
  } catch (error) {
    if (storeError(error).kind === 'corrupt') return 1;
    throw error;
  }
}

function rowsOf(found: unknown): unknown[] {
  return Array.isArray(found) ? found : [];
}

/** What is wrong within a search index is found by the look at that, and is mended in another way. */
function isSound(row: unknown): boolean {
  const [said] = typeof row === 'object' && row !== null ? Object.values(row) : [];
  return said === 'ok' || (typeof said === 'string' && /\bfts5\b/i.test(said));
}

function faultsInSearch(store: string, scratch: string): number {
  const remove = () => {
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(scratch + end, { force: true });
  };
  remove();
  try {
    reading(store, (db) => {
      db.pragma('query_only = OFF');
      db.prepare('VACUUM INTO ?').run(scratch);
    });
    const copy = new Database(scratch);
    knowWords(copy);
    try {
      return ['message_fts', 'conversation_fts'].filter((index) => !isIndexSound(copy, index))
        .length;
    } finally {
      copy.close();
    }
  } finally {
    remove();
  }
}

function isIndexSound(db: Database.Database, index: string): boolean {
  try {
    db.prepare(`INSERT INTO ${index} (${index}, rank) VALUES ('integrity-check', 1)`).run();
    return true;
  } catch (error) {
    if (storeError(error).kind === 'corrupt') return false;
    throw error;
  }
}
