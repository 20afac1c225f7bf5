import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { salvage } from '../../electron/salvage/salvage';
import { openWriter } from '../../electron/store/connection';
import { MIGRATIONS } from '../../electron/store/migrations';
import { makeEarlierStore } from '../fixtures/earlier-versions';
import { temporaryFolder } from '../fixtures/store';

const VERSIONS = MIGRATIONS.map(({ version }) => version);
const newest = VERSIONS.at(-1) ?? 0;
const EARLIER = VERSIONS.filter((version) => version < newest);

/** Every upgrade that can fail on its way: from a version, in one of the migrations that follow. */
const UPGRADES = EARLIER.flatMap((from) =>
  VERSIONS.filter((version) => version > from).map((failing) => [from, failing] as const),
);

/** Is fetched again, or made anew from the ledger; migrations may begin it afresh. */
const NOT_KEPT = /^(sqlite_|message_fts|conversation_fts|model$|usage_|budget_day$|shelf$)/;

type Row = Record<string, unknown>;

function tablesOf(path: string): Map<string, Row[]> {
  const db = new Database(path, { readonly: true });
  try {
    const names = db
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .pluck()
      .all()
      .filter((name) => !NOT_KEPT.test(name));
    return new Map(
      names.map((name) => [
        name,
        db.prepare<[], Row>(`SELECT * FROM "${name}" ORDER BY 1, 2`).all(),
      ]),
    );
  } finally {
    db.close();
  }
}

/** Each row of before stands there after, with every value that still has a column. */
function expectKept(before: Map<string, Row[]>, after: Map<string, Row[]>): void {
  for (const [table, rows] of before) {
    // The second version has the headers of connections elsewhere.
    const kept = rows.map(({ headers: _dropped, ...row }) => row);
    expect(after.get(table), table).toHaveLength(kept.length);
    expect(after.get(table), table).toMatchObject(kept);
  }
}

function earlier(version: number): string {
  const path = join(temporaryFolder(), 'slice.db');
  makeEarlierStore(path, version);
  return path;
}

describe('a store of an earlier version', () => {
  it.each(VERSIONS)('has something in what %i was the first to have', (version) => {
    const tables = tablesOf(earlier(version));
    expect(tables.get('run')?.length).toBeGreaterThanOrEqual(2);
    if (version >= 90) expect(tables.get('telemetry_run')).toHaveLength(1);
  });

  it.each(EARLIER)('(%i) is brought up to date with everything in it, after a copy', (version) => {
    const path = earlier(version);
    const before = tablesOf(path);
    const untouched = readFileSync(path);
    const db = openWriter(path);
    expect(db.pragma('user_version', { simple: true })).toBe(newest);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.pragma('foreign_key_check')).toEqual([]);
    for (const index of ['message_fts', 'conversation_fts']) {
      db.prepare(`INSERT INTO ${index} (${index}, rank) VALUES ('integrity-check', 1)`).run();
    }
    expect(db.prepare('SELECT sum(cost_nanousd) FROM usage_day').pluck().get()).toBe(
      db.prepare("SELECT sum(cost_nanousd) FROM run WHERE state <> 'running'").pluck().get(),
    );
    db.close();
    expectKept(before, tablesOf(path));
    expect(readFileSync(`${path}.before-${version}`).equals(untouched)).toBe(true);
  });

  it.each(UPGRADES)(
    '(%i) is as it was when the migration to %i fails at its end',
    (from, failing) => {
      const path = earlier(from);
      const untouched = readFileSync(path);
      const before = tablesOf(path);
      const broken = MIGRATIONS.map((migration) =>
        migration.version === failing
          ? { ...migration, sql: `${migration.sql}\nINSERT INTO nowhere VALUES (1);` }
          : migration,
      );
      expect(() => openWriter(path, broken)).toThrow(/nowhere/);
      expect(readFileSync(path).equals(untouched)).toBe(true);
      expect(readFileSync(`${path}.before-${from}`).equals(untouched)).toBe(true);
      // The copy can be used in its place, and the next start tries again.
      const copy = join(temporaryFolder(), 'slice.db');
      copyFileSync(`${path}.before-${from}`, copy);
      rmSync(`${path}.before-${from}`);
      for (const file of [path, copy]) {
        openWriter(file).close();
        expectKept(before, tablesOf(file));
      }
    },
  );

  it.each(VERSIONS)('(%i) is salvaged whole', (version) => {
    const path = earlier(version);
    const before = tablesOf(path);
    const saved = `${path}.saved`;
    expect(salvage(path, saved)).toBe(0);
    expectKept(before, tablesOf(saved));
  });
});
