import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { contentsOf } from '../../electron/backups/backup-work';
import { salvage } from '../../electron/salvage/salvage';
import { openReader, openWriter, type WriteDb } from '../../electron/store/connection';
import { StoreError } from '../../electron/store/errors';
import { initial } from '../../electron/store/migrations/0010-initial';
import { listConversations } from '../../electron/store/queries/conversation-list';
import { endRun } from '../../electron/store/queries/run-life';
import fc from '../fixtures/fast-check';
import { begin, connect, NOON, outcome, say } from '../fixtures/ledger';
import { temporaryFolder } from '../fixtures/store';

const PAGE = 4096;

/** What a user would miss, with the columns that say what a row is and not what it belongs to. */
const PRECIOUS = {
  conversation: { key: 'id', columns: 'id, uid, title, created_at, updated_at, cost_nanousd' },
  message: { key: 'id', columns: 'id, conversation_id, role, created_at' },
  part: { key: 'message_id, position', columns: 'message_id, position, kind, text, name' },
  run: {
    key: 'id',
    columns:
      'id, uid, conversation_title, requested_model, parameters, state, cost_nanousd, raw_usage',
  },
} as const;
type Precious = keyof typeof PRECIOUS;
const TABLES = Object.keys(PRECIOUS) as Precious[];

type Rows = ReadonlyMap<string, string>;

function rowsOf(path: string): Record<Precious, Rows> {
  const db = new Database(path, { readonly: true });
  try {
    const of = (table: Precious): Rows => {
      const { key, columns } = PRECIOUS[table];
      const rows = db
        .prepare<[], Record<string, unknown>>(`SELECT ${columns} FROM ${table} ORDER BY ${key}`)
        .all();
      return new Map(
        rows.map((row) => [
          key
            .split(', ')
            .map((name) => row[name])
            .join(' '),
          JSON.stringify(row),
        ]),
      );
    };
    return {
      conversation: of('conversation'),
      message: of('message'),
      part: of('part'),
      run: of('run'),
    };
  } finally {
    db.close();
  }
}

/** The rows that SQLite itself still gives out, one by one, as they were. */
function stillReadable(path: string, whole: Record<Precious, Rows>): [Precious, string, string][] {
  let db: Database.Database;
  try {
    db = new Database(path, { readonly: true });
  } catch {
    return [];
  }
  try {
    return TABLES.flatMap((table) => readOneByOne(db, table, whole[table]));
  } finally {
    db.close();
  }
}

function readOneByOne(
  db: Database.Database,
  table: Precious,
  whole: Rows,
): [Precious, string, string][] {
  const { key: names, columns } = PRECIOUS[table];
  let one: Database.Statement<unknown[], unknown>;
  try {
    const places = names.replace(/\w+/g, '?');
    one = db.prepare(`SELECT ${columns} FROM ${table} WHERE (${names}) = (${places})`);
  } catch {
    return [];
  }
  return [...whole].flatMap(([key, row]): [Precious, string, string][] => {
    try {
      const found = one.get(...key.split(' ').map(BigInt));
      return JSON.stringify(found) === row ? [[table, key, row]] : [];
    } catch {
      return [];
    }
  });
}

function fill(db: WriteDb): void {
  const connection = connect(db);
  for (let at = 0; at < 150; at += 1) {
    const { runId } = begin(db, connection, `Question ${at}: ${'why? '.repeat(at % 60)}`);
    // Some are longer than a page, so that they go on elsewhere.
    const text = `Answer ${at}. ${'Because of the sky. '.repeat(at % 7 === 0 ? 600 : at)}`;
    endRun(db, runId, outcome(), [[...say(text), { kind: 'reasoning', text: 'Hm', name: null }]]);
  }
}

interface Original {
  readonly whole: Buffer;
  readonly rows: Record<Precious, Rows>;
}

let made: Original | null = null;

/** The file that is broken in the tests, made once. */
function original(): Original {
  if (made) return made;
  const path = join(temporaryFolder(), 'slice.db');
  const db = openWriter(path);
  fill(db);
  db.close();
  made = { whole: readFileSync(path), rows: rowsOf(path) };
  return made;
}

let folder: string;

/** Where the row of a run stands in the file: its identity is in an index, too. */
function runAt(content: Buffer, uid: string): number {
  for (let at = content.indexOf(uid); at >= 0; at = content.indexOf(uid, at + 1)) {
    if (content.subarray(at, at + 90).includes('Question')) return at;
  }
  throw new Error('the run is not there');
}

interface Saved {
  readonly unreadable: number;
  readonly path: string;
}

/** Salvages a file; null when nothing in it could be read. */
function salvaged(content: Buffer): Saved | null {
  folder = temporaryFolder();
  const broken = join(folder, 'slice.db');
  const path = join(folder, 'saved.db');
  writeFileSync(broken, content);
  try {
    const unreadable = salvage(broken, path);
    expect(readFileSync(broken).equals(content)).toBe(true);
    return { unreadable, path };
  } catch (error) {
    if (error instanceof StoreError && error.kind === 'corrupt') return null;
    throw error;
  }
}

function expectSound(path: string): void {
  const db = openWriter(path);
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.pragma('foreign_key_check')).toEqual([]);
    db.prepare("INSERT INTO message_fts (message_fts, rank) VALUES ('integrity-check', 1)").run();
  } finally {
    db.close();
  }
}

describe('salvage', () => {
  it('of a whole store is that store', () => {
    const { whole, rows } = original();
    const saved = salvaged(whole);
    expect(saved?.unreadable).toBe(0);
    if (!saved) return;
    expectSound(saved.path);
    expect(rowsOf(saved.path)).toEqual(rows);
  });

  const damage = fc.oneof(
    fc.record({
      kind: fc.constant('bytes' as const),
      bytes: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), {
        minLength: 1,
        maxLength: 40,
      }),
    }),
    fc.record({
      kind: fc.constant('pages' as const),
      pages: fc.array(fc.nat(), { minLength: 1, maxLength: 12 }),
      filling: fc.constantFrom(0x00, 0xff, 0x0d, 0x05),
    }),
    fc.record({ kind: fc.constant('cut' as const), at: fc.nat() }),
    fc.record({
      kind: fc.constant('exchanged' as const),
      pages: fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 4 }),
    }),
  );

  it('never throws and never loses a row that can still be read, whatever is broken', () => {
    const { whole, rows } = original();
    let compared = 0;
    fc.assert(
      fc.property(damage, (how) => {
        const content = Buffer.from(whole);
        const pages = content.length / PAGE;
        const pageAt = (page: number) =>
          content.subarray((page % pages) * PAGE, ((page % pages) + 1) * PAGE);
        let broken: Buffer = content;
        if (how.kind === 'bytes') {
          for (const [at, bits] of how.bytes) {
            const place = at % content.length;
            content[place] = (content[place] ?? 0) ^ bits;
          }
        } else if (how.kind === 'pages') {
          for (const page of how.pages) pageAt(page).fill(how.filling);
        } else if (how.kind === 'cut') {
          broken = content.subarray(0, how.at % content.length);
        } else {
          for (const [one, other] of how.pages) {
            const kept = Buffer.from(pageAt(one));
            pageAt(other).copy(pageAt(one));
            kept.copy(pageAt(other));
          }
        }
        const saved = salvaged(broken);
        const readable = stillReadable(join(folder, 'slice.db'), rows);
        compared += readable.length;
        if (!saved) {
          expect(readable).toEqual([]);
          return;
        }
        expectSound(saved.path);
        const after = rowsOf(saved.path);
        const lost = readable.filter(([table, key, row]) => after[table].get(key) !== row);
        expect(lost).toEqual([]);
      }),
      { numRuns: 40, endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(1_000);
  }, 120_000);

  it('keeps a row in which one value makes no sense, and what it cost', () => {
    const content = Buffer.from(original().whole);
    const uid = /"uid":"([^"]+)"/.exec(original().rows.run.get('91') ?? '')?.[1] ?? '';
    content.write('c0mplete', content.indexOf('complete', runAt(content, uid)));
    const saved = salvaged(content);
    expect(saved?.unreadable).toBe(1);
    if (!saved) return;
    expectSound(saved.path);
    expect(rowsOf(saved.path).run.get('91')).toBe(
      original().rows.run.get('91')?.replace('"complete"', '"incomplete"'),
    );
  });

  it('keeps the beginning of a text whose end is lost', () => {
    const content = Buffer.from(original().whole);
    const inside = content.lastIndexOf('Because of the sky. '.repeat(190));
    const page = Math.floor(inside / PAGE);
    // The first four bytes of the page name the next one of the same text.
    content.writeUInt32BE(0xffffffff, page * PAGE);
    const saved = salvaged(content);
    expect(saved?.unreadable).toBe(1);
    if (!saved) return;
    const texts = rowsOf(saved.path).part;
    expect(texts.size).toBe(original().rows.part.size);
    const cut = [...texts].filter(([key, row]) => original().rows.part.get(key) !== row);
    expect(cut).toHaveLength(1);
    expect(cut[0]?.[1]).toMatch(/Answer \d+\. Because of the sky\./);
  });

  it('reads what stands in the log beside the store', () => {
    const there = temporaryFolder();
    const path = join(there, 'slice.db');
    const db = openWriter(path);
    fill(db);
    const killed = temporaryFolder();
    for (const end of ['', '-wal']) copyFileSync(path + end, join(killed, `slice.db${end}`));
    db.close();
    const saved = join(killed, 'saved.db');
    expect(salvage(join(killed, 'slice.db'), saved)).toBe(0);
    expect(contentsOf(saved)).toEqual({ conversations: 150, messages: 300, answers: 150 });
  });

  it('saves nearly everything when the first page, which names all others, is gone', () => {
    const { whole, rows } = original();
    const saved = salvaged(Buffer.concat([Buffer.alloc(PAGE), whole.subarray(PAGE)]));
    expect(saved?.unreadable).toBeGreaterThan(0);
    if (saved) expect(rowsOf(saved.path)).toEqual(rows);
  });

  it('makes every sum anew, and comes to the same', () => {
    const { whole } = original();
    const saved = salvaged(whole);
    if (!saved) throw new Error('nothing was saved');
    const sums = (path: string) => {
      const db = openReader(path);
      const of = ['usage_day', 'usage_group', 'budget_day', 'shelf'].map((table) =>
        db.prepare(`SELECT * FROM ${table}`).all(),
      );
      db.close();
      return of;
    };
    expect(sums(saved.path)).toEqual(sums(join(folder, 'slice.db')));
    const db = openReader(saved.path);
    expect(listConversations(db, 0, 9).count).toBe(150);
    db.close();
  });

  it('brings a store of the first version up to date', () => {
    const there = temporaryFolder();
    const path = join(there, 'slice.db');
    const db = openWriter(path, [initial]);
    db.exec(
      `INSERT INTO conversation (id, uid, title, created_at, updated_at) VALUES (7, 'c7', 'Old', ${NOON}, ${NOON});
       INSERT INTO message (id, conversation_id, role, created_at) VALUES (1, 7, 'user', ${NOON});
       INSERT INTO part (message_id, position, kind, text) VALUES (1, 0, 'text', '天空为什么是蓝色？');`,
    );
    db.close();
    const saved = join(there, 'saved.db');
    expect(salvage(path, saved)).toBe(0);
    expect(contentsOf(saved)).toEqual({ conversations: 1, messages: 1, answers: 0 });
    expectSound(saved);
    const found = openReader(saved);
    expect(
      found
        .prepare('SELECT rowid FROM message_fts WHERE message_fts MATCH ?')
        .pluck()
        .all('"蓝 色"'),
    ).toEqual([1]);
    found.close();
  });

  it('gives a place to messages whose conversation is lost, and to texts whose message is', () => {
    const { rows } = original();
    const there = temporaryFolder();
    const path = join(there, 'slice.db');
    const db = openWriter(path);
    fill(db);
    db.pragma('foreign_keys = OFF');
    db.exec('DELETE FROM conversation WHERE id = 3; DELETE FROM message WHERE id IN (10, 11);');
    db.close();
    const saved = join(there, 'saved.db');
    salvage(path, saved);
    expectSound(saved);
    const after = rowsOf(saved);
    expect([...after.message.keys()]).toEqual([...rows.message.keys()]);
    expect([...after.part.keys()]).toEqual([...rows.part.keys()]);
    expect(after.conversation.get('3')).toContain('Question 2');
  });

  it.each([
    ['an empty file', Buffer.alloc(0)],
    ['a text', Buffer.from('This is not a database. '.repeat(1_000))],
    ['nothing but zeros', Buffer.alloc(PAGE * 10)],
  ])('says that nothing can be read in %s', (_what, content) => {
    expect(salvaged(content)).toBeNull();
  });
});
