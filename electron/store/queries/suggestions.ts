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

/** Names that the ledger has, from the sums of its months: they are few where its rows are many. */
function counted(grouping: 'model' | 'provider' | 'preset'): string {
  return `SELECT DISTINCT key AS name FROM usage_group
    WHERE grouping = '${grouping}' AND is_demo IN (0, 1) AND size = 'month'`;
}

/** All that the ledger knows. */
function namesOf(db: ReadDb, field: SuggestedField): string[] {
  switch (field) {
    case 'model':
      return column(db, `${counted('model')} ORDER BY name COLLATE NOCASE`);
    case 'provider':
      return column(db, `${counted('provider')} ORDER BY name COLLATE NOCASE`);
    case 'preset':
      return column(
        db,
        `${counted('preset')}
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
