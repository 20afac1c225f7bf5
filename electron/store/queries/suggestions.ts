import type { ReadDb } from '../connection';
import { statement } from '../statement';
import { listTags } from './tags';

export type SuggestedField = 'model' | 'provider' | 'preset' | 'tag';

/** The most names that are suggested at once. */
const MOST = 20;

/** Names that could be meant by the beginning of one: those that begin with it, then those that have it. */
export function suggestNames(db: ReadDb, field: SuggestedField, prefix: string): string[] {
  const wanted = prefix.trim().toLowerCase();
  const names = namesOf(db, field).filter((name) => name !== '');
  const begins = (name: string) => name.toLowerCase().startsWith(wanted);
  const has = (name: string) => !begins(name) && name.toLowerCase().includes(wanted);
  return [...names.filter(begins), ...names.filter(has)].slice(0, MOST);
}

/** All that the ledger knows, by the days' sums: they are few where its rows are many. */
function namesOf(db: ReadDb, field: SuggestedField): string[] {
  switch (field) {
    case 'model':
      return column(
        db,
        'SELECT DISTINCT model AS name FROM usage_day ORDER BY model COLLATE NOCASE',
      );
    case 'provider':
      return column(
        db,
        'SELECT DISTINCT provider AS name FROM usage_day ORDER BY provider COLLATE NOCASE',
      );
    case 'preset':
      return column(
        db,
        `SELECT preset AS name FROM usage_day
         UNION SELECT name FROM preset WHERE deleted_at IS NULL ORDER BY name COLLATE NOCASE`,
      );
    case 'tag':
      return listTags(db).map(({ name }) => name);
  }
}

function column(db: ReadDb, sql: string): string[] {
  return statement<{ name: string }>(db, sql)
    .all()
    .map(({ name }) => name);
}
