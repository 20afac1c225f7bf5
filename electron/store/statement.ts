import type Database from 'better-sqlite3';
import type { ReadDb } from './connection';

const kept = new WeakMap<ReadDb, Map<string, Database.Statement<unknown[], unknown>>>();

/**
 * The prepared statement of a text, made once for each connection: preparing costs more than most
 * statements here take to run. `Row` is what the text selects; nothing checks that but its test.
 */
export function statement<Row = never>(
  db: ReadDb,
  sql: string,
): Database.Statement<unknown[], Row> {
  let statements = kept.get(db);
  if (!statements) {
    statements = new Map();
    kept.set(db, statements);
  }
  let found = statements.get(sql);
  if (!found) {
    found = db.prepare<unknown[], unknown>(sql);
    statements.set(sql, found);
  }
  return found as Database.Statement<unknown[], Row>;
}
