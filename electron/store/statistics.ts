import type Database from 'better-sqlite3';

/** What an import fills, with the tables of the search indexes. */
const FILLED_AT_ONCE = /^(attachment|conversation|draft|message|part|run)(_|$)/;

/** A table with fewer rows than these says nothing about what it will be. */
const ENOUGH_ROWS = 100;

/**
 * Has SQLite count the rows of tables that have grown or shrunk tenfold since it last did, but for tables with
 * almost nothing in them that can be large a minute later. Where it knows of two rows it reads a table from end
 * to end instead of looking a row up, and goes on so in statements that are kept, however many rows have come
 * since. Without any count it takes a table to be large.
 */
export function refreshStatistics(db: Database.Database): void {
  // Tells the statements that SQLite would run by itself, `ANALYZE "main"."part"`, and runs none.
  const due = db.prepare<[], { optimize: string }>('PRAGMA optimize = 0x10003').all();
  const work = due.map(({ optimize }) => optimize).filter((sql) => isWorthCounting(db, sql));
  if (work.length > 0) db.transaction(() => work.forEach((sql) => void db.exec(sql))).immediate();
}

function isWorthCounting(db: Database.Database, analyze: string): boolean {
  const [, table = ''] = /\."(.+)"$/.exec(analyze) ?? [];
  if (!FILLED_AT_ONCE.test(table)) return true;
  const { rows = 0 } =
    db
      .prepare<[], { rows: number }>(
        `SELECT count(*) AS rows FROM (SELECT 1 FROM "${table}" LIMIT ${ENOUGH_ROWS})`,
      )
      .get() ?? {};
  return rows === ENOUGH_ROWS;
}
