import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../electron/store/client';
import { openReader, openWriter } from '../../electron/store/connection';
import { StoreError, storeError } from '../../electron/store/errors';
import { MIGRATIONS } from '../../electron/store/migrations';
import type { Migration } from '../../electron/store/migrations/migration';
import { connections, openTestStore, temporaryFolder } from '../fixtures/store';

const TABLES = [
  'attachment',
  'billing_import',
  'billing_record',
  'budget',
  'budget_day',
  'connection',
  'conversation',
  'conversation_tag',
  'draft',
  'favourite_model',
  'message',
  'model',
  'part',
  'preset',
  'prompt',
  'run',
  'run_journal',
  'setting',
  'shelf',
  'telemetry',
  'telemetry_run',
  'usage_day',
  'usage_group',
];

const newest = MIGRATIONS.at(-1)?.version ?? 0;

function newFile(): string {
  return join(temporaryFolder(), 'slice.db');
}

function plain(path: string): Database.Database {
  const db = new Database(path);
  onTestFinished(() => void db.close());
  return db;
}

function kindOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof StoreError ? error.kind : String(error);
  }
  return 'nothing was thrown';
}

/** A file of the first version with one row that must survive whatever follows. */
function oldFile(): string {
  const path = newFile();
  const writer = openWriter(path);
  writer.prepare("INSERT INTO setting (key, value) VALUES ('kept', 'yes')").run();
  writer.close();
  return path;
}

function settingOf(path: string): unknown {
  const db = new Database(path, { readonly: true });
  try {
    return db.prepare("SELECT value FROM setting WHERE key = 'kept'").pluck().get();
  } finally {
    db.close();
  }
}

describe('a new file', () => {
  it('has every table, strict, and the version of the newest migration', () => {
    const { writer } = connections();
    const tables = writer
      .prepare<[], { name: string; strict: number }>(
        "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
      )
      .all();
    expect(tables.map(({ name }) => name).toSorted()).toEqual(TABLES);
    expect(tables.filter(({ strict }) => strict === 0)).toEqual([]);
    expect(writer.pragma('user_version', { simple: true })).toBe(newest);
  });

  it('is kept safely', () => {
    const { writer, reader } = connections();
    expect(writer.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(writer.pragma('synchronous', { simple: true })).toBe(2);
    expect(writer.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(writer.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(() => reader.prepare('DELETE FROM setting').run()).toThrow(/readonly/);
  });

  it('has no use for a copy', () => {
    const { path } = connections();
    expect(readdirSync(dirname(path)).filter((name) => name.includes('before'))).toEqual([]);
  });

  it('opens again unchanged', () => {
    const path = oldFile();
    openWriter(path).close();
    expect(settingOf(path)).toBe('yes');
  });
});

describe('the list of migrations', () => {
  it('goes up in tens', () => {
    const versions = MIGRATIONS.map(({ version }) => version);
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    expect(new Set(versions).size).toBe(versions.length);
    for (const version of versions) expect(version % 10).toBe(0);
  });
});

describe('a migration', () => {
  const next = (sql: string): readonly Migration[] => [
    ...MIGRATIONS,
    { version: newest + 10, name: 'next', sql },
  ];

  it('is applied once, after a sound copy was made', () => {
    const path = oldFile();
    const migrations = next('CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;');
    for (let times = 0; times < 2; times += 1) {
      const writer = openWriter(path, migrations);
      expect(writer.pragma('user_version', { simple: true })).toBe(newest + 10);
      writer.close();
    }
    const copy = `${path}.before-${newest}`;
    expect(settingOf(path)).toBe('yes');
    expect(settingOf(copy)).toBe('yes');
    expect(plain(copy).pragma('user_version', { simple: true })).toBe(newest);
    expect(plain(copy).pragma('integrity_check', { simple: true })).toBe('ok');
  });

  it('leaves nothing lying about beside the copy', () => {
    const path = oldFile();
    openWriter(path, next('SELECT 1;')).close();
    expect(readdirSync(dirname(path)).toSorted()).toEqual([
      'slice.db',
      `slice.db.before-${newest}`,
    ]);
  });

  it.each([
    ['is wrong', 'CREATE TABLE later (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1);'],
    [
      'breaks a reference',
      "PRAGMA defer_foreign_keys = ON; INSERT INTO model (connection_id, id, offers) VALUES (77, 'm', '[]');",
    ],
  ])('that %s leaves the file as it was, and a copy', (_, sql) => {
    const path = oldFile();
    const before = readFileSync(path);
    expect(() => openWriter(path, next(sql))).toThrow();
    const db = plain(path);
    expect(db.pragma('user_version', { simple: true })).toBe(newest);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'later'").get()).toBeUndefined();
    expect(settingOf(path)).toBe('yes');
    expect(readFileSync(`${path}.before-${newest}`).equals(before)).toBe(true);
  });

  it('is not begun with a damaged file, of which no copy is left lying about', () => {
    const path = oldFile();
    const content = readFileSync(path);
    content.fill(0x5a, 4 * 4096, 5 * 4096);
    writeFileSync(path, content);
    expect(kindOf(() => openWriter(path, next('SELECT 1;')))).toBe('corrupt');
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(readdirSync(dirname(path))).toEqual(['slice.db']);
  });

  it.each([
    ['ENOSPC', 'full'],
    ['EDQUOT', 'full'],
    ['EROFS', 'read_only'],
    ['EACCES', 'read_only'],
  ])('whose copy cannot be made says why: %s is %s', (code, kind) => {
    expect(storeError(Object.assign(new Error('copyfile'), { code })).kind).toBe(kind);
  });

  it('is tried again when it failed', () => {
    const path = oldFile();
    expect(() => openWriter(path, next('nonsense'))).toThrow();
    openWriter(path, next('CREATE TABLE later (id INTEGER) STRICT;')).close();
    expect(settingOf(path)).toBe('yes');
  });

  it('copies what a crash left in the log, too', () => {
    const path = oldFile();
    const crashed = openWriter(path);
    crashed.prepare("UPDATE setting SET value = 'last'").run();
    const folder = temporaryFolder();
    const left = join(folder, 'slice.db');
    for (const end of ['', '-wal']) copyFileSync(path + end, left + end);
    crashed.close();
    openWriter(left, next('SELECT 1;')).close();
    expect(settingOf(`${left}.before-${newest}`)).toBe('last');
  });
});

describe('a file that cannot be used', () => {
  it.each(['wal', 'delete'])('from a newer version is refused and not touched (%s)', (mode) => {
    const path = oldFile();
    const db = new Database(path);
    db.pragma(`journal_mode = ${mode}`);
    db.pragma(`user_version = ${newest + 10}`);
    db.close();
    const before = readFileSync(path);
    expect(kindOf(() => openWriter(path))).toBe('newer');
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(dirname(path))).toEqual(['slice.db']);
  });

  it('because it is no database is refused and not touched', async () => {
    const path = newFile();
    writeFileSync(path, 'This is not a database. '.repeat(100));
    await expect(openTestStore(path)).rejects.toMatchObject({ kind: 'corrupt' });
    expect(readFileSync(path, 'utf8')).toMatch(/^This is not/);
    expect(existsSync(`${path}.before-${newest}`)).toBe(false);
  });

  it('because it is empty is a new one', () => {
    const path = newFile();
    writeFileSync(path, '');
    const writer = openWriter(path);
    expect(writer.pragma('user_version', { simple: true })).toBe(newest);
    writer.close();
  });

  it('because its folder is gone is refused', async () => {
    await expect(openTestStore(join(temporaryFolder(), 'no', 'slice.db'))).rejects.toBeInstanceOf(
      StoreError,
    );
  });

  it('has no reader without its writer', () => {
    expect(() => openReader(newFile())).toThrow();
    expect(openStore).toBeTypeOf('function');
  });
});

describe('the schema', () => {
  it('holds on to what is referred to', () => {
    const { writer } = connections();
    const orphan = writer.prepare(
      "INSERT INTO message (conversation_id, role, created_at) VALUES (99, 'user', 0)",
    );
    expect(() => orphan.run()).toThrow(/FOREIGN KEY/);
  });

  it.each([
    ['a cost below zero', "cost_nanousd = -1, cost_source = 'reported'"],
    ['a known cost without a source', 'cost_nanousd = 1'],
    ['an unknown cost called reported', "cost_source = 'reported'"],
    ['an end without an ended state', 'ended_at = 1'],
    ['an ended state without an end', "state = 'complete'"],
    ['a state of its own', "state = 'resting', ended_at = 1"],
    ['text for a number', "prompt_tokens = 'many'"],
  ])('has no room for %s', (_, change) => {
    const { writer } = connections();
    writer
      .prepare(
        `INSERT INTO run (uid, conversation_title, connection_name, profile, base_url, is_demo,
           requested_model, parameters, state, started_at, day, cost_source)
         VALUES ('u', '', '', 'apipie', '', 0, 'm', '{}', 'running', 0, '2024-10-21', 'unknown')`,
      )
      .run();
    expect(() => writer.prepare(`UPDATE run SET ${change}`).run()).toThrow(
      /constraint|cannot store/,
    );
  });
});
