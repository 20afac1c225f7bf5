import type { ReadDb, WriteDb } from '../connection';
import { statement } from '../statement';

/** A setting's JSON text, or null when it was never set. */
export function getSetting(db: ReadDb, key: string): string | null {
  const row = statement<{ value: string }>(db, 'SELECT value FROM setting WHERE key = ?').get(key);
  return row?.value ?? null;
}

export function saveSetting(db: WriteDb, key: string, value: string): void {
  statement(
    db,
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run(key, value);
}
