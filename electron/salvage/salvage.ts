import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { knowWords, openWriter } from '../store/connection';
import { StoreError } from '../store/errors';
import { MIGRATIONS } from '../store/migrations';
import { recountUsage } from '../store/queries/usage-recount';
import { FoundFile } from './found-rows';
import { PageFile } from './page-file';
import type { Row, Value } from './records';
import { mendReferences } from './references';
import { fitted, layoutOf, mended, type TableLayout } from './table-layout';

/** What is made anew from the other tables. */
const MADE_ANEW = /^(usage_|budget_day$|shelf$|sqlite_|message_fts|conversation_fts)/;

/** What is recognised by its looks where nothing says which table it is of. The ones with the most columns
 * come first: they are mistaken least. */
const RECOGNISED = [
  'run',
  'conversation',
  'connection',
  'message',
  'part',
  'attachment',
  'preset',
  'prompt',
];

/**
 * Puts whatever can be read of a broken store into a new one, page by page, without relying on anything that
 * the pages say of each other. Deleted rows may come back when it cannot be told that they were deleted. The
 * broken file is only read. Returns how many places in it could not be read.
 *
 * Throws a `StoreError` of kind `corrupt` when nothing could be read, and what SQLite throws when there is
 * no room.
 */
export function salvage(store: string, path: string): number {
  const partial = `${path}.partial`;
  removeAll(partial);
  const file = new PageFile(store);
  try {
    const unreadable = fill(partial, file);
    finish(partial);
    renameSync(partial, path);
    return unreadable;
  } finally {
    file.close();
    removeAll(partial);
  }
}

/** With what SQLite and a migration leave beside it. */
function removeAll(path: string): void {
  const folder = dirname(path);
  for (const name of readdirSync(folder)) {
    if (name.startsWith(basename(path))) rmSync(join(folder, name), { force: true });
  }
}

function fill(path: string, file: PageFile): number {
  const db = new Database(path);
  knowWords(db);
  try {
    db.pragma('journal_mode = MEMORY');
    db.pragma('synchronous = OFF');
    db.pragma('foreign_keys = OFF');
    return db.transaction(() => {
      makeSchema(db, versionOf(file));
      const unreadable = withCollector(db, () => copyRows(db, file));
      if (isEmpty(db)) throw new StoreError('corrupt', 'nothing in the file can be read');
      mendReferences(db);
      return unreadable;
    })();
  } finally {
    db.close();
  }
}

/** The schema of the file where its number makes sense, else the newest: columns were only ever added. */
function versionOf(file: PageFile): number {
  const said = file.page(1)?.readUInt32BE(60);
  const known = MIGRATIONS.find(({ version }) => version === said) ?? MIGRATIONS.at(-1);
  return known?.version ?? 0;
}

function makeSchema(db: Database.Database, until: number): void {
  for (const { version, sql } of MIGRATIONS) {
    if (version > until) break;
    db.exec(sql);
    db.pragma(`user_version = ${version}`);
  }
}

/** The one row that a new file has already gives way to the one that is saved, if one is. */
function withCollector(db: Database.Database, copy: () => number): number {
  const hasCollector = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'telemetry'").get();
  if (!hasCollector) return copy();
  db.exec('DELETE FROM telemetry');
  const unreadable = copy();
  db.exec('INSERT OR IGNORE INTO telemetry (id, instance) VALUES (1, lower(hex(randomblob(16))))');
  return unreadable;
}

/** Returns how many places could not be read. */
function copyRows(db: Database.Database, file: PageFile): number {
  const names = db
    .prepare<[], string>(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'",
    )
    .pluck()
    .all()
    .filter((name) => !MADE_ANEW.test(name));
  const tables = new Map(names.map((name) => [name, new Table(db, layoutOf(db, name))]));
  const recognised = RECOGNISED.flatMap((name) => tables.get(name) ?? []);
  const found = new FoundFile(file, (table) => tables.has(table));
  let refused = 0;
  const broken: [Table, Row][] = [];
  for (const { table, rows } of found.rows()) {
    const own = table === null ? undefined : tables.get(table);
    for (const row of rows) {
      // What leads to a page may be wrong, too.
      if (own?.insert(row) || recognised.some((candidate) => candidate.insert(row)) || !own)
        continue;
      refused += 1;
      broken.push([own, row]);
    }
  }
  // What is whole goes first: a broken row may claim the place of another one.
  for (const [table, row] of broken) table.insertMended(row);
  return found.unreadable + refused;
}

/** Whether nothing is there that a user would miss. */
function isEmpty(db: Database.Database): boolean {
  return ['conversation', 'message', 'part', 'run', 'connection'].every(
    (table) => db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() === undefined,
  );
}

/** A table of the new file that takes what can be a row of it. */
class Table {
  readonly #db: Database.Database;
  readonly #layout: TableLayout;
  readonly #statements = new Map<string, Database.Statement<unknown[]>>();

  constructor(db: Database.Database, layout: TableLayout) {
    this.#db = db;
    this.#layout = layout;
  }

  /** False when it cannot be a row of this table, or another one stands in its place. */
  insert(row: Row): boolean {
    const values = fitted(this.#layout, row);
    if (!values) return false;
    return this.#insert(values);
  }

  /** As much of it as the table takes. */
  insertMended(row: Row): void {
    for (const values of mended(this.#layout, row, randomUUID())) {
      if (this.#insert(values)) return;
    }
  }

  #insert(values: ReadonlyMap<string, Value>): boolean {
    return this.#statementFor([...values.keys()]).run(...values.values()).changes > 0;
  }

  /** Rows from before a column was added are shorter. */
  #statementFor(columns: readonly string[]): Database.Statement<unknown[]> {
    const names = columns.map((name) => `"${name}"`).join(', ');
    let found = this.#statements.get(names);
    if (!found) {
      const { table } = this.#layout;
      found = this.#db.prepare(
        `INSERT OR IGNORE INTO "${table}" (${names})
         VALUES (${columns.map(() => '?').join(', ')})`,
      );
      this.#statements.set(names, found);
    }
    return found;
  }
}

/** Brings the new file up to date and makes anew what is made of the other rows. */
function finish(path: string): void {
  const db = openWriter(path);
  try {
    db.transaction(() => {
      recountUsage(db);
      db.exec("INSERT INTO message_fts (message_fts) VALUES ('rebuild')");
    })();
    if (db.pragma('integrity_check(1)', { simple: true }) !== 'ok') {
      throw new StoreError('logic', 'what was saved is not sound');
    }
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
  const written = openSync(path, 'r+');
  try {
    fsyncSync(written);
  } finally {
    closeSync(written);
  }
}
