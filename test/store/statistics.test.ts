import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openWriter, type WriteDb } from '../../electron/store/connection';
import { importFileOf } from '../fixtures/importing';
import { temporaryFolder } from '../fixtures/store';

/** How SQLite would do it. */
function planOf(db: WriteDb, sql: string): unknown[] {
  return db
    .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(1, 2)
    .map(({ detail }) => detail);
}

/** What every merge of the search index does with each part of it that was merged. */
const GONE = 'DELETE FROM message_fts_data WHERE id>=? AND id<=?';

/** A store that was opened when it had these messages in it. */
function openedWith(messages: number): WriteDb {
  const path = join(temporaryFolder(), 'slice.db');
  const first = openWriter(path);
  const said = Array.from({ length: messages }, (_, at) => ({
    role: at % 2 === 0 ? 'user' : 'assistant',
    content: `Number ${at}`,
  }));
  if (messages > 0) importFileOf(first, JSON.stringify(said));
  first.close();
  const db = openWriter(path);
  // The tables of the index are made to be changed by nobody else.
  db.unsafeMode(true);
  return db;
}

describe('a store', () => {
  it.each([0, 2, 99, 1_000])(
    'looks up what goes of the search index, if it had %i messages when it was opened',
    (messages) => {
      const db = openedWith(messages);
      expect(planOf(db, GONE)).toEqual([
        'SEARCH message_fts_data USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)',
      ]);
      db.close();
    },
  );

  it('looks up what came of messages, if it had two when it was opened', () => {
    const db = openedWith(2);
    expect(planOf(db, 'SELECT id, text FROM message_text WHERE id BETWEEN ? AND ?')[0]).toBe(
      'SEARCH message USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)',
    );
    db.close();
  });

  it('counts what has grown', () => {
    const db = openedWith(1_000);
    const counted = db.prepare("SELECT stat FROM sqlite_stat1 WHERE idx = 'message_by_parent'");
    expect(counted.pluck().get()).toMatch(/^1000 /);
    db.close();
  });
});
