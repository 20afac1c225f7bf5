import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultsIn, figuresOf } from '../../electron/health/health-work';
import { openWriter, type WriteDb } from '../../electron/store/connection';
import { rebuildSearch, recountSums } from '../../electron/store/queries/mending';
import { endRun } from '../../electron/store/queries/run-life';
import { sumFaults } from '../../electron/store/queries/sum-faults';
import { nano } from '../../shared/money';
import fc from '../fixtures/fast-check';
import { begin, connect, outcome, say } from '../fixtures/ledger';
import { playLedger, randomLedger } from '../fixtures/random-ledger';
import { temporaryFolder } from '../fixtures/store';

function spoken(): { path: string; scratch: string; db: WriteDb } {
  const path = join(temporaryFolder(), 'slice.db');
  const db = openWriter(path);
  const connection = connect(db);
  for (const text of ['The sky', 'The sea', 'The sand']) {
    const { runId } = begin(db, connection, text);
    endRun(db, runId, outcome({ cost: nano(5_000n), costSource: 'reported' }), [
      say(`About ${text}.`),
    ]);
  }
  // One goes on.
  begin(db, connection, 'The wind');
  return { path, scratch: `${path}.check`, db };
}

describe('a look at the store', () => {
  it('finds a sound one sound while it is open and written, and leaves nothing behind', () => {
    const { path, scratch, db } = spoken();
    db.prepare('BEGIN IMMEDIATE').run();
    for (const part of ['pages', 'search', 'sums'] as const) {
      expect([part, faultsIn(part, path, scratch)]).toEqual([part, 0]);
    }
    db.prepare('ROLLBACK').run();
    expect(readdirSync(dirname(path)).toSorted()).toEqual([
      'slice.db',
      'slice.db-shm',
      'slice.db-wal',
    ]);
    db.close();
  });

  it('counts what stands in it', () => {
    const { path, db } = spoken();
    const schema = Number(db.pragma('user_version', { simple: true }));
    expect(figuresOf(path)).toEqual({
      sqlite: expect.stringMatching(/^3\.\d+\.\d+$/),
      schema,
      conversations: 4,
      messages: 8,
      runs: 4,
    });
    db.close();
  });

  it('finds words that the index does not have, until the index is made anew', () => {
    const { path, scratch, db } = spoken();
    db.prepare("UPDATE part SET text = 'zebra' WHERE text = 'The sky'").run();
    db.prepare("INSERT INTO conversation_fts (conversation_fts) VALUES ('delete-all')").run();
    expect(faultsIn('search', path, scratch)).toBe(2);
    expect(faultsIn('pages', path, scratch)).toBe(0);
    rebuildSearch(db);
    expect(faultsIn('search', path, scratch)).toBe(0);
    expect(
      db.prepare("SELECT count(*) FROM message_fts WHERE message_fts MATCH 'zebra'").pluck().get(),
    ).toBe(1);
    db.close();
  });

  it('tells an index that is broken in itself from a damaged file', () => {
    const { path, scratch, db } = spoken();
    db.unsafeMode();
    db.prepare('UPDATE message_fts_data SET block = zeroblob(40) WHERE id > 10').run();
    expect(db.pragma('quick_check', { simple: true })).toContain('fts5');
    expect(faultsIn('pages', path, scratch)).toBe(0);
    expect(faultsIn('search', path, scratch)).toBe(1);
    rebuildSearch(db);
    expect(faultsIn('search', path, scratch)).toBe(0);
    expect(db.pragma('quick_check', { simple: true })).toBe('ok');
    db.close();
  });

  it.each([
    ['days', 'UPDATE usage_day SET cost_nanousd = cost_nanousd + 1'],
    ['groups', "DELETE FROM usage_group WHERE grouping = 'state' AND size = 'month'"],
    ['conversations', 'UPDATE conversation SET runs = runs + 1 WHERE id = 2'],
  ] as const)(
    'finds sums of %s that differ from the ledger, until they are counted again',
    (kind, sql) => {
      const { path, scratch, db } = spoken();
      db.prepare(sql).run();
      expect(sumFaults(db)).toEqual({ days: 0, groups: 0, conversations: 0, [kind]: 1 });
      expect(faultsIn('sums', path, scratch)).toBe(1);
      recountSums(db);
      expect(faultsIn('sums', path, scratch)).toBe(0);
      db.close();
    },
  );

  it('finds a page that was overwritten, and a row that refers to none', () => {
    const { path, scratch, db } = spoken();
    db.pragma('foreign_keys = OFF');
    db.prepare('UPDATE message SET conversation_id = 999 WHERE id = 1').run();
    expect(faultsIn('pages', path, scratch)).toBe(1);
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    const page = 4096;
    const content = readFileSync(path);
    writeFileSync(
      path,
      Buffer.concat([
        content.subarray(0, 3 * page),
        Buffer.alloc(page, 0x5a),
        content.subarray(4 * page),
      ]),
    );
    expect(faultsIn('pages', path, scratch)).toBeGreaterThan(0);
    writeFileSync(path, Buffer.alloc(2 * page, 0x5a));
    expect(faultsIn('pages', path, scratch)).toBe(1);
    expect(() => faultsIn('search', path, scratch)).toThrow();
    expect(existsSync(scratch)).toBe(false);
  });

  it('finds nothing wrong in any ledger, and counting again changes none of it', () => {
    fc.assert(
      fc.property(randomLedger, ({ zone, steps }) => {
        const db = openWriter(':memory:');
        try {
          // The fixture changes a cost in the day only; the app does so in the conversation too.
          playLedger(db, { zone, steps: steps.filter(({ kind }) => kind !== 'reprice') });
          expect(sumFaults(db)).toEqual({ days: 0, groups: 0, conversations: 0 });
          const all = () =>
            ['conversation ORDER BY id', 'usage_day ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9'].map((of) =>
              db.prepare(`SELECT * FROM ${of}`).all(),
            );
          const before = all();
          recountSums(db);
          expect(all()).toEqual(before);
        } finally {
          db.close();
        }
      }),
      { numRuns: 25 },
    );
  });
});
