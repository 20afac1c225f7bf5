import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backupFile } from '../../electron/backups/backup-names';
import { filesIn, makeBackup, previewBackup } from '../../electron/backups/backup-work';
import { restoreIfWished, wishRestore } from '../../electron/backups/pending-restore';
import { openReader, openWriter, type WriteDb } from '../../electron/store/connection';
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

  it('that was cut off after the present was put aside is finished by the next start', () => {
    const { store, backups, aside, name } = wished();
    restoreIfWished({ store, backups });
    rmSync(store);
    wishRestore({ store, backups }, { name, at: NOON + 1 });
    expect(restoreIfWished({ store, backups })).toBe(true);
    expect(titles(store)).toEqual(['The sky']);
    expect(titles(aside)).toEqual(['The sky', 'The sea']);
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
