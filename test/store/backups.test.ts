import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { backupFile, backupOf, outdated } from '../../electron/backups/backup-names';
import {
  contentsOf,
  filesIn,
  filesInBackup,
  makeBackup,
  previewBackup,
} from '../../electron/backups/backup-work';
import { Backups } from '../../electron/backups/backups';
import { refuseEmptied } from '../../electron/backups/emptied';
import { restoreIfWished, wishRestore } from '../../electron/backups/pending-restore';
import { openReader, openWriter, type WriteDb } from '../../electron/store/connection';
import { StoreError } from '../../electron/store/errors';
import { insertAttachment } from '../../electron/store/queries/attachments';
import { endRun } from '../../electron/store/queries/run-life';
import { begin, connect, NOON, outcome, say } from '../fixtures/ledger';
import { temporaryFolder } from '../fixtures/store';

function places() {
  const folder = temporaryFolder();
  const backups = join(folder, 'backups');
  mkdirSync(backups);
  return { store: join(folder, 'slice.db'), backups };
}

function told(db: WriteDb, text: string): void {
  const { runId } = begin(db, connect(db, text), text);
  endRun(db, runId, outcome(), [say(`About ${text}.`)]);
}

function titles(path: string): string[] {
  const db = openReader(path);
  try {
    return db
      .prepare<[], { title: string }>('SELECT title FROM conversation ORDER BY id')
      .all()
      .map(({ title }) => title);
  } finally {
    db.close();
  }
}

describe('a backup', () => {
  it('is the store at one moment, whole and sound, while the store goes on', () => {
    const { store, backups } = places();
    const writer = openWriter(store);
    told(writer, 'The sky');
    const path = join(backups, backupFile(NOON, 'manual'));
    makeBackup(store, path);
    told(writer, 'The sea');
    expect(titles(path)).toEqual(['The sky']);
    expect(previewBackup(store, path)).toEqual({
      conversations: 1,
      messages: 2,
      answers: 1,
      missingConversations: 1,
      missingAnswers: 1,
    });
    expect(filesIn(path)).toEqual([]);
    writer.close();
    expect(readdirSync(backups)).toEqual([backupFile(NOON, 'manual')]);
  });

  it('leaves nothing behind when it cannot be made', () => {
    const { store, backups } = places();
    openWriter(store).close();
    const path = join(backups, 'no such folder', 'x.db');
    expect(() => makeBackup(store, path)).toThrow();
    expect(readdirSync(backups)).toEqual([]);
  });

  it.each([
    ['is empty', ''],
    ['is no store', 'not a database, and longer than the head of one has to be'.repeat(20)],
  ])('that %s is not taken for one', (_how, content) => {
    const { store, backups } = places();
    openWriter(store).close();
    const path = join(backups, backupFile(NOON, 'manual'));
    writeFileSync(path, content);
    expect(() => previewBackup(store, path)).toThrow();
  });
});

describe('a store that was set aside and cannot be read', () => {
  it('still says which images it names, so that the others can go', () => {
    const { store, backups } = places();
    const writer = openWriter(store);
    const hashes = Array.from({ length: 200 }, (_, n) =>
      createHash('sha256').update(String(n)).digest('hex'),
    );
    for (const [n, sha256] of hashes.entries()) {
      // Of letters that a hash has, too: in the row it stands right behind.
      insertAttachment(writer, {
        sha256,
        name: 'face',
        mediaType: 'image/png',
        bytes: n,
        at: NOON,
      });
    }
    const log = readFileSync(`${store}-wal`);
    writer.close();
    const path = join(backups, backupFile(NOON, 'set-aside'));
    writeFileSync(path, readFileSync(store).fill(0x5a, 0, 4096));
    expect(() => filesIn(path)).toThrow();
    expect(filesInBackup(path).toSorted()).toEqual(hashes.toSorted());
    writeFileSync(path, 'nothing of it is left'.repeat(100));
    expect(filesInBackup(path)).toEqual([]);
    writeFileSync(`${path}-wal`, Buffer.concat([Buffer.alloc(2 ** 20 - 3_000), log]));
    expect(filesInBackup(path).toSorted()).toEqual(hashes.toSorted());
  });
});

describe('a backup of a newer version', () => {
  it('is not taken for one that can be restored', () => {
    const { store, backups } = places();
    openWriter(store).close();
    const path = join(backups, backupFile(NOON, 'automatic'));
    makeBackup(store, path);
    const later = new Database(path);
    later.pragma('user_version = 999999');
    later.close();
    const newer = expect.objectContaining({ kind: 'newer' });
    expect(() => previewBackup(store, path)).toThrow(newer);
    expect(() => contentsOf(path)).toThrow(newer);
    expect(filesIn(path)).toEqual([]);
  });
});

describe('a backup that is outdated and cannot be deleted', () => {
  it('is no reason to say that the new one could not be made', async () => {
    const { store, backups } = places();
    openWriter(store).close();
    const old = Array.from({ length: 9 }, (_, days) =>
      backupFile(NOON - days * 86_400_000, 'automatic'),
    );
    const [stuck = '', gone = ''] = old.slice(7);
    for (const name of old) writeFileSync(join(backups, name), 'a backup');
    // A folder is not deleted as a file is.
    rmSync(join(backups, stuck));
    mkdirSync(join(backups, stuck));
    const logged: string[] = [];
    let sweeps = 0;
    const kept = new Backups({
      places: { store, backups },
      isIdle: () => true,
      runThread: async ({ kind, path }) => {
        if (kind === 'files') return { type: 'files', hashes: [] };
        makeBackup(store, path);
        return { type: 'made' };
      },
      showFile: () => undefined,
      startAnew: () => undefined,
      unused: async () => {
        sweeps += 1;
      },
      changed: () => undefined,
      log: (event) => logged.push(event),
    });
    const state = await kept.create();
    expect(state).toMatchObject({ failure: null, running: false });
    expect(state.backups.filter(({ kind }) => kind === 'manual')).toHaveLength(1);
    expect(state.backups.map(({ name }) => name)).not.toContain(gone);
    expect(existsSync(join(backups, stuck))).toBe(true);
    expect([logged, sweeps]).toEqual([['an outdated backup could not be deleted'], 1]);
  });
});

describe('a copy of the store from before a migration', () => {
  it('goes with a backup that is made a month later, unless it is the newest one', async () => {
    const { store, backups } = places();
    openWriter(store).close();
    const copies = [
      ['before-10', 70],
      ['before-20', 40],
      ['before-20.partial', 40],
      ['before-more', 40],
    ] as const;
    const make = (name: string, days: number) => {
      writeFileSync(`${store}.${name}`, 'a copy');
      const at = new Date(Date.now() - days * 86_400_000);
      utimesSync(`${store}.${name}`, at, at);
    };
    for (const [name, days] of copies) make(name, days);
    const kept = new Backups({
      places: { store, backups },
      isIdle: () => true,
      runThread: async ({ kind, path }) => {
        if (kind === 'files') return { type: 'files', hashes: filesIn(path) };
        makeBackup(store, path);
        return { type: 'made' };
      },
      showFile: () => undefined,
      startAnew: () => undefined,
      unused: async () => undefined,
      changed: () => undefined,
      log: (event) => expect(event).toBe('nothing went wrong'),
    });
    const left = () => readdirSync(dirname(store)).filter((name) => name.includes('.before-'));
    await kept.create();
    expect(left()).toEqual([
      'slice.db.before-20',
      'slice.db.before-20.partial',
      'slice.db.before-more',
    ]);
    make('before-30', 29);
    make('before-40', 1);
    await kept.create();
    expect(left()).not.toContain('slice.db.before-20');
    expect(left()).toEqual(expect.arrayContaining(['slice.db.before-30', 'slice.db.before-40']));
  });
});

describe('a restore', () => {
  function wished() {
    const where = places();
    const writer = openWriter(where.store);
    told(writer, 'The sky');
    const name = backupFile(NOON, 'manual');
    makeBackup(where.store, join(where.backups, name));
    told(writer, 'The sea');
    writer.close();
    wishRestore(where, { name, at: NOON + 1 });
    return { ...where, name, aside: join(where.backups, backupFile(NOON + 1, 'before-restore')) };
  }

  it('puts the backup in place, and the present aside as a backup of its own', () => {
    const { store, aside, ...where } = wished();
    expect(restoreIfWished({ store, ...where })).toBe(true);
    expect(titles(store)).toEqual(['The sky']);
    expect(titles(aside)).toEqual(['The sky', 'The sea']);
    expect(restoreIfWished({ store, ...where })).toBe(false);
    expect(titles(store)).toEqual(['The sky']);
  });

  it('keeps what was only in the log beside the store', () => {
    const where = places();
    const writer = openWriter(where.store);
    const name = backupFile(NOON, 'manual');
    makeBackup(where.store, join(where.backups, name));
    told(writer, 'The sea');
    // As a killed app leaves it: the newest is in the -wal file.
    const [main, log] = [readFileSync(where.store), readFileSync(`${where.store}-wal`)];
    writer.close();
    writeFileSync(where.store, main);
    writeFileSync(`${where.store}-wal`, log);
    rmSync(`${where.store}-shm`, { force: true });
    wishRestore(where, { name, at: NOON + 1 });
    restoreIfWished(where);
    const aside = join(where.backups, backupFile(NOON + 1, 'before-restore'));
    const kept = openWriter(aside);
    expect(kept.prepare('SELECT title FROM conversation').pluck().all()).toEqual(['The sea']);
    kept.close();
    expect(titles(where.store)).toEqual([]);
  });

  it('brings what was only in the log when what was put aside with it is restored', () => {
    const where = places();
    const writer = openWriter(where.store);
    told(writer, 'The sea');
    const [main, log] = [readFileSync(where.store), readFileSync(`${where.store}-wal`)];
    writer.close();
    rmSync(where.store);
    const name = backupFile(NOON, 'set-aside');
    writeFileSync(join(where.backups, name), main);
    writeFileSync(`${join(where.backups, name)}-wal`, log);
    wishRestore(where, { name, at: NOON + 1 });
    restoreIfWished(where);
    expect(titles(where.store)).toEqual(['The sea']);
    expect(titles(join(where.backups, name))).toEqual(['The sea']);
  });

  it('that was cut off after the present was put aside is finished by the next start', () => {
    const { store, backups, aside, name } = wished();
    restoreIfWished({ store, backups });
    rmSync(store);
    wishRestore({ store, backups }, { name, at: NOON + 1 });
    expect(restoreIfWished({ store, backups })).toBe(true);
    expect(titles(store)).toEqual(['The sky']);
    expect(titles(aside)).toEqual(['The sky', 'The sea']);
  });

  it.each([
    ['between the log and the file', ['-wal', '-shm']],
    ['after the present was put aside', ['-wal', '-shm', '']],
  ])('that was cut off %s and cannot go on leaves the present whole', (_where, moved) => {
    const { store, backups, aside, name } = wished();
    const killed = openWriter(store);
    told(killed, 'The sun');
    const files = ['', '-wal', '-shm'].map((end) => [end, readFileSync(store + end)] as const);
    killed.close();
    rmSync(store);
    for (const [end, content] of files) {
      writeFileSync((moved.includes(end) ? aside : store) + end, content);
    }
    rmSync(join(backups, name));
    expect(restoreIfWished({ store, backups })).toBe(false);
    const next = openWriter(store);
    expect(next.prepare('SELECT title FROM conversation ORDER BY id').pluck().all()).toEqual([
      'The sky',
      'The sea',
      'The sun',
    ]);
    next.close();
    expect(existsSync(aside)).toBe(false);
  });

  it('of a backup that is gone, or a wish that was cut off, changes nothing', () => {
    const { store, backups, name } = wished();
    rmSync(join(backups, name));
    restoreIfWished({ store, backups });
    expect(titles(store)).toEqual(['The sky', 'The sea']);
    writeFileSync(join(backups, 'restore.json'), '{"name":');
    expect(restoreIfWished({ store, backups })).toBe(false);
    expect(existsSync(join(backups, 'restore.json'))).toBe(false);
    expect(titles(store)).toEqual(['The sky', 'The sea']);
  });
});

describe('a store that cannot be opened', () => {
  it('is set aside to the byte, with the log beside it, and nothing takes its place', () => {
    const where = places();
    writeFileSync(where.store, 'no store');
    writeFileSync(`${where.store}-wal`, 'its log');
    wishRestore(where, { name: null, at: NOON, aside: 'set-aside' });
    expect(restoreIfWished(where)).toBe(true);
    expect(existsSync(where.store)).toBe(false);
    const aside = join(where.backups, backupFile(NOON, 'set-aside'));
    expect(readFileSync(aside, 'utf8')).toBe('no store');
    expect(readFileSync(`${aside}-wal`, 'utf8')).toBe('its log');
    expect(restoreIfWished(where)).toBe(false);
  });

  it('is set aside by the next start when that was cut off after the log had been moved', () => {
    const where = places();
    const aside = join(where.backups, backupFile(NOON, 'set-aside'));
    writeFileSync(where.store, 'no store');
    writeFileSync(`${aside}-wal`, 'its log');
    wishRestore(where, { name: null, at: NOON, aside: 'set-aside' });
    restoreIfWished(where);
    expect(readFileSync(aside, 'utf8')).toBe('no store');
    expect(readFileSync(`${aside}-wal`, 'utf8')).toBe('its log');
  });

  it('is not thrown away with those that are outdated', () => {
    const kept = (['set-aside', 'salvaged'] as const).flatMap((kind) =>
      Array.from({ length: 20 }, (_, at) => backupOf(backupFile(NOON + at, kind)) ?? []),
    );
    expect(kept).toHaveLength(40);
    expect(outdated(kept.flat(), NOON + 1_000)).toEqual([]);
  });
});

describe('a store whose file is empty', () => {
  const isRefused = (where: ReturnType<typeof places>) => {
    try {
      refuseEmptied(where);
      return false;
    } catch (error) {
      return error instanceof StoreError && error.kind === 'corrupt';
    }
  };

  it('is a new one while there was nothing in it before', () => {
    const where = places();
    expect(isRefused(where)).toBe(false);
    writeFileSync(where.store, '');
    expect(isRefused(where)).toBe(false);
  });

  it('is broken when there is a backup or a log: SQLite would throw the log away', () => {
    const where = places();
    writeFileSync(where.store, '');
    writeFileSync(`${where.store}-wal`, 'something');
    expect(isRefused(where)).toBe(true);
    rmSync(`${where.store}-wal`);
    writeFileSync(join(where.backups, backupFile(NOON, 'automatic')), 'a backup');
    expect(isRefused(where)).toBe(true);
    writeFileSync(where.store, 'not empty');
    expect(isRefused(where)).toBe(false);
  });
});

describe('a log that a killed app left beside its store', () => {
  it('is read by the next start: nothing is lost', () => {
    const { store } = places();
    const killed = openWriter(store);
    told(killed, 'The sky');
    const left = places();
    for (const end of ['', '-wal']) copyFileSync(store + end, left.store + end);
    killed.close();
    expect(readFileSync(`${left.store}-wal`).length).toBeGreaterThan(0);
    const next = openWriter(left.store);
    expect(next.prepare('SELECT title FROM conversation').pluck().all()).toEqual(['The sky']);
    next.close();
    expect(titles(left.store)).toEqual(['The sky']);
  });
});
