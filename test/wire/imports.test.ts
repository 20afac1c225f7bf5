import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FileReply, FileThread } from '../../electron/files/file-thread';
import { type ImportFound, readImport } from '../../electron/imports/import-work';
import { type ImportJob, Imports } from '../../electron/imports/imports';
import { attachmentPath } from '../../electron/runs/attachments';
import { Trash } from '../../electron/runs/trash';
import type { Store } from '../../electron/store/client';
import { openReader } from '../../electron/store/connection';
import { StoreError } from '../../electron/store/errors';
import { beginImport, importMessages } from '../../electron/store/queries/imports';
import { FailureError } from '../../shared/errors';
import { testApp } from '../fixtures/app';
import { readFileOf, saidIn } from '../fixtures/importing';
import { NOON } from '../fixtures/ledger';
import { connections, temporaryFolder } from '../fixtures/store';

const LONG = Array.from({ length: 900 }, (_, at) => ({
  role: at % 2 === 0 ? 'user' : 'assistant',
  content: `Number ${at}`,
}));

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** The reading of a file in this thread; its reply comes in a later turn. */
function reading(store: string, attachments: string, job: ImportJob): FileThread<ImportFound> {
  let say: (reply: FileReply<ImportFound>) => void = () => undefined;
  let end: () => void = () => undefined;
  let stopped = false;
  setImmediate(async () => {
    const db = openReader(store);
    try {
      const reached = (rows: number, of: number) => {
        if (stopped) throw new Error('stopped');
        say({ type: 'writing', rows, of });
      };
      say({ type: 'written', written: await readImport(db, { ...job, attachments }, reached) });
    } catch (error) {
      say(
        error instanceof FailureError
          ? { type: 'failed', failure: error.failure }
          : { type: 'cancelled' },
      );
    } finally {
      db.close();
      end();
    }
  });
  return {
    onReply: (listener) => {
      say = listener;
    },
    onExit: (listener) => {
      end = listener;
    },
    stop: () => {
      stopped = true;
    },
  };
}

type Write = keyof Store['write'];

/** A store in which some writes fail for as long as they are among `failing`. */
function failingStore(store: Store, failing: ReadonlySet<Write>): Store {
  const names: ReadonlySet<string | symbol> = failing;
  const write = new Proxy(store.write, {
    get: (target, name) =>
      names.has(name)
        ? () => Promise.reject(new StoreError('read_only', String(name)))
        : Reflect.get(target, name),
  });
  return { ...store, write };
}

async function importing(content: unknown = LONG) {
  const path = join(temporaryFolder(), 'slice.db');
  const { writer, reader } = connections(path);
  const attachments = join(temporaryFolder(), 'attachments');
  const app = await testApp({ path, attachments });
  const file = join(temporaryFolder(), 'list.json');
  writeFileSync(file, JSON.stringify(content));
  let handed: string | null = null;
  const take = () => {
    const taken = handed;
    handed = null;
    return taken;
  };
  const hand = () => {
    handed = file;
  };
  const folder = join(temporaryFolder(), 'imports');
  const trash = new Trash({
    store: app.store,
    attachments: app.attachments,
    days: async () => null,
    keepsFiles: async () => imports.isBusy,
    now: () => NOON,
    changed: () => undefined,
    log: () => undefined,
  });
  const failing = new Set<Write>();
  const threads = { fail: false };
  const logged: string[] = [];
  const imports = new Imports({
    store: failingStore(app.store, failing),
    chooseConversations: async () => file,
    handedFile: { peek: () => handed, take },
    startImportThread: (job) => {
      if (threads.fail) throw new Error('no thread could be started');
      return reading(path, attachments, job);
    },
    importFolder: folder,
    attachments: app.attachments,
    purge: (ids) => trash.purge(ids),
    shorten: (id) => trash.shorten(id),
    now: () => NOON,
    changed: () => undefined,
    log: (event) => logged.push(event),
  });
  onTestFinished(() => expect(logged.length > 0).toBe(failing.size > 0));
  const found = async () => {
    for await (const event of imports.read()) if (event.type === 'found') return event;
    throw new Error('nothing was found');
  };
  const messages = () => reader.prepare<[], number>('SELECT count(*) FROM message').pluck().get();
  return {
    imports,
    found,
    hand,
    folder,
    file,
    attachments,
    reader,
    writer,
    messages,
    failing,
    threads,
  };
}

describe('a file that the system hands over', () => {
  it('is named until it is read, which it can be once', async () => {
    const { imports, hand } = await importing();
    expect(imports.handed()).toBeNull();
    const read = async () => {
      const events = [];
      for await (const event of imports.readHanded()) events.push(event);
      return events;
    };
    expect(await read()).toEqual([]);
    hand();
    expect(imports.handed()).toBe('list.json');
    expect((await read()).at(-1)).toMatchObject({ type: 'found', conversations: 1 });
    expect(imports.handed()).toBeNull();
    expect(await read()).toEqual([]);
  });
});

describe('an import', () => {
  it('is read, written with its progress, and taken back', async () => {
    const { imports, found, folder, reader, messages } = await importing();
    const preview = await found();
    expect(preview).toMatchObject({ name: 'list.json', conversations: 1, messages: 900 });
    expect(readdirSync(folder)).toHaveLength(1);
    const events = [];
    for await (const event of imports.write(preview.id, 'skip')) events.push(event);
    expect(events.length).toBeGreaterThan(3);
    expect(events.at(-1)).toEqual({ type: 'written', conversations: 1, messages: 900 });
    expect(saidIn(reader)[0]?.messages).toHaveLength(900);
    expect(readdirSync(folder)).toEqual([]);
    expect(await imports.undo(preview.id)).toBe(1);
    expect(messages()).toBe(0);
    await expect(imports.undo(preview.id)).rejects.toThrow('not_found');
  });

  it('leaves nothing when it is cancelled while it is written, or nobody listens any more', async () => {
    const { imports, found, folder, messages } = await importing();
    const cancel = new AbortController();
    const first = await found();
    for await (const event of imports.write(first.id, 'skip', cancel.signal)) {
      expect(event.type).toBe('writing');
      expect(messages()).toBeGreaterThan(0);
      cancel.abort();
    }
    expect(messages()).toBe(0);
    const second = await found();
    for await (const _ of imports.write(second.id, 'skip')) break;
    expect(messages()).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
    await expect(imports.write(second.id, 'skip').next()).rejects.toThrow('not_found');
  });

  it('is written whole while an earlier one is taken back', async () => {
    const { imports, found, reader, messages } = await importing();
    const first = await found();
    for await (const _ of imports.write(first.id, 'skip'));
    const second = await found();
    let gone: Promise<number> | null = null;
    for await (const event of imports.write(second.id, 'again')) {
      gone ??= imports.undo(first.id);
      if (event.type === 'writing') await gone;
    }
    expect(await gone).toBe(1);
    expect(messages()).toBe(900);
    expect(saidIn(reader)[0]?.messages).toHaveLength(900);
    await imports.close();
  });

  it('is closed although nothing can be written any more', async () => {
    const { imports, found, failing } = await importing();
    const { id } = await found();
    await found();
    let closing: Promise<void> | null = null;
    for await (const _ of imports.write(id, 'skip')) {
      failing.add('leaveImport').add('unusedImages');
      closing ??= imports.close();
    }
    await closing;
  });

  it('is taken back by the next try when the first one failed', async () => {
    const { imports, found, messages, failing } = await importing();
    const { id } = await found();
    for await (const _ of imports.write(id, 'skip'));
    failing.add('withdrawImport');
    await expect(imports.undo(id)).rejects.toThrow('withdrawImport');
    failing.clear();
    expect(await imports.undo(id)).toBe(1);
    expect(messages()).toBe(0);
  });

  it('leaves nothing when it is cancelled while it is read, or forgotten', async () => {
    const { imports, found, folder } = await importing();
    for await (const event of imports.read()) {
      expect(event.type).toBe('reading');
      break;
    }
    expect(readdirSync(folder)).toEqual([]);
    const { id } = await found();
    await imports.forget(id);
    await found();
    await imports.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that a crash broke off is taken away by the next start', async () => {
    const { imports, folder, reader, writer, messages } = await importing();
    const read = readFileOf(reader, JSON.stringify(LONG));
    importMessages(writer, beginImport(writer, read.staged, 'skip', NOON), 1);
    writer.exec('DETACH staged');
    expect(messages()).toBeGreaterThan(0);
    imports.start();
    await expect.poll(() => messages()).toBe(0);
    await imports.close();
    expect(existsSync(folder)).toBe(false);
  });

  it('that is read before what is left of a crash is taken away is not taken away with it', async () => {
    const { imports, found, folder } = await importing();
    mkdirSync(folder);
    writeFileSync(join(folder, 'left.db'), 'left');
    const { id } = await found();
    imports.start();
    await expect.poll(() => existsSync(join(folder, 'left.db'))).toBe(false);
    const events = [];
    for await (const event of imports.write(id, 'skip')) events.push(event);
    expect(events.at(-1)).toEqual({ type: 'written', conversations: 1, messages: 900 });
    await imports.close();
  });

  it('of a file that is read again keeps the images that the first reading had put there', async () => {
    const { imports, found, attachments, reader } = await importing([
      { role: 'user', content: [{ type: 'image_url', image_url: { url: PIXEL } }] },
      { role: 'assistant', content: 'One pixel.' },
    ]);
    const first = await found();
    const forgotten = imports.forget(first.id);
    const second = await found();
    await forgotten;
    for await (const _ of imports.write(second.id, 'skip'));
    const [sha256 = ''] = reader.prepare<[], string>('SELECT sha256 FROM attachment').pluck().all();
    expect(existsSync(attachmentPath(attachments, sha256))).toBe(true);
  });

  it('keeps the images that it found, when an earlier one with them is taken back', async () => {
    const { imports, found, attachments, reader } = await importing([
      { role: 'user', content: [{ type: 'image_url', image_url: { url: PIXEL } }] },
    ]);
    const first = await found();
    for await (const _ of imports.write(first.id, 'skip'));
    const second = await found();
    await imports.undo(first.id);
    for await (const _ of imports.write(second.id, 'skip'));
    const [sha256 = ''] = reader.prepare<[], string>('SELECT sha256 FROM attachment').pluck().all();
    expect(existsSync(attachmentPath(attachments, sha256))).toBe(true);
    expect(imports.isBusy).toBe(false);
  });

  it('of a file that cannot be read says so', async () => {
    const { imports, file } = await importing();
    writeFileSync(file, '');
    const events = [];
    for await (const event of imports.read()) events.push(event);
    expect(events).toMatchObject([
      { type: 'found', conversations: 0, problems: [{ fault: 'unknown_format' }] },
    ]);
    rmSync(file);
    await expect(imports.read().next()).rejects.toThrow('not_readable');
  });

  it('is over when no thread could be started to read it', async () => {
    const { imports, found, threads } = await importing();
    threads.fail = true;
    await expect(found()).rejects.toThrow('no thread could be started');
    expect(imports.isBusy).toBe(false);
    threads.fail = false;
    await imports.forget((await found()).id);
    expect(imports.isBusy).toBe(false);
  });
});
