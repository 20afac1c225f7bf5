import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Topic } from '../../shared/contract/events';
import type { ImportReadEvent, ImportWriteEvent, KnownChoice } from '../../shared/contract/import';
import { FailureError } from '../../shared/errors';
import type { ConversationId } from '../../shared/ids';
import type { FileThread } from '../files/file-thread';
import { FollowedThreads } from '../files/followed-threads';
import type { Attachments } from '../runs/attachments';
import type { Store } from '../store/client';
import type { ImportPlace } from '../store/queries/imports';
import type { ImportFound } from './import-work';

/** One file to read. */
export interface ImportJob {
  readonly path: string;
  /** Where what was read is to stand. */
  readonly staged: string;
  /** A folder for what is unpacked of an archive. */
  readonly unpacked: string;
  /** In ms since 1970. */
  readonly now: number;
}

/** A file that the system has handed to the app, as when somebody opens it there. */
export interface HandedFile {
  peek(): string | null;
  /** Gives it once. */
  take(): string | null;
}

export interface ImportsParts {
  readonly store: Store;
  /** Lets the user choose a file; null when they did not. */
  readonly chooseConversations: () => Promise<string | null>;
  readonly handedFile: HandedFile;
  readonly startImportThread: (job: ImportJob) => FileThread<ImportFound>;
  /** The folder of what was read and is not written yet. */
  readonly importFolder: string;
  readonly attachments: Pick<Attachments, 'remove'>;
  /** Deletes conversations for good, with what belongs to them. */
  readonly purge: (ids: readonly ConversationId[]) => Promise<void>;
  /** Deletes the last messages of one that nobody sees; whether it may have more. */
  readonly shorten: (id: ConversationId) => Promise<boolean>;
  readonly now: () => number;
  readonly changed: (...topics: readonly Topic[]) => void;
  readonly log: (event: string, error: unknown) => void;
}

/** What was read, and waits to be written. */
interface Found {
  readonly staged: string;
  readonly images: readonly string[];
}

/** So many messages are deleted at once: answers are saved in between. */
const PURGED_AT_ONCE = 200;

const CHANGED = ['conversations', 'conversation', 'spending'] as const;

/**
 * Brings conversations from files: first one is read into a file of its own, then that is written into the
 * store piece by piece, out of sight until it is whole (decision 0024).
 */
export class Imports {
  readonly #parts: ImportsParts;
  readonly #threads = new FollowedThreads();
  readonly #found = new Map<number, Found>();
  readonly #written = new Map<number, ImportPlace>();
  /** What stands in the folder by the names of these is of this run of the app. */
  readonly #names = new Set<string>();
  readonly #closing = new AbortController();
  #last = 0;
  #reading = 0;
  #writing: Promise<void> | null = null;
  #starting: Promise<void> | null = null;
  #forgetting: Promise<void> = Promise.resolve();

  constructor(parts: ImportsParts) {
    this.#parts = parts;
  }

  /** Whether images that were found may be named by messages that are not written yet. */
  get isBusy(): boolean {
    return this.#reading > 0 || this.#found.size > 0 || this.#writing !== null;
  }

  /** Takes away what a crash has left in the middle. */
  start(): void {
    const { store, log } = this.#parts;
    // At once: what is written from here on is nothing that was left.
    const left = this.#writing ? null : store.write.leaveImport();
    this.#starting = Promise.all([left, this.#removeLeft()])
      .then(() => this.#purgeUnseen())
      .catch((error: unknown) => log('what was left of an import could not be taken away', error));
  }

  /** Lets the user choose a file and says what is in it. Throws a `FailureError`. */
  async *read(signal?: AbortSignal): AsyncGenerator<ImportReadEvent, void> {
    const path = await this.#parts.chooseConversations();
    if (path !== null && !signal?.aborted) yield* this.#read(path, signal);
  }

  /** The name of the file that the system has handed over and that was not read yet; null for none. */
  handed(): string | null {
    const path = this.#parts.handedFile.peek();
    return path === null ? null : basename(path);
  }

  /** Says what is in that file. Throws a `FailureError`. */
  async *readHanded(signal?: AbortSignal): AsyncGenerator<ImportReadEvent, void> {
    const path = this.#parts.handedFile.take();
    if (path === null) return;
    this.#parts.changed('imports');
    yield* this.#read(path, signal);
  }

  async *#read(path: string, signal?: AbortSignal): AsyncGenerator<ImportReadEvent, void> {
    const { startImportThread, importFolder, now } = this.#parts;
    await mkdir(importFolder, { recursive: true, mode: 0o700 });
    // It may be the same file: its images must not be found here and deleted afterwards.
    await this.#forgetting;
    const name = randomUUID();
    this.#names.add(name);
    const staged = join(importFolder, `${name}.db`);
    const unpacked = join(importFolder, name);
    this.#reading += 1;
    let isFound = false;
    try {
      const thread = startImportThread({ path, staged, unpacked, now: now() });
      for await (const event of this.#threads.follow(thread, signal)) {
        if (event.type === 'writing') {
          yield { type: 'reading', name: basename(path), bytes: event.rows, of: event.of };
          continue;
        }
        const { preview, images } = event.written;
        this.#last += 1;
        this.#found.set(this.#last, { staged, images });
        isFound = true;
        yield { type: 'found', id: this.#last, ...preview };
      }
    } finally {
      this.#reading -= 1;
      // It may have been ready just when it was cancelled.
      if (!isFound) await rm(staged, { force: true });
      // The thread takes it away, unless it broke off.
      await rm(unpacked, { recursive: true, force: true });
    }
  }

  /**
   * Writes what was read. Once `signal` aborts, or nobody listens any more, it is given up and nothing of
   * it stays. Throws a `FailureError`: `conflict` while another one is written.
   */
  async *write(
    id: number,
    known: KnownChoice,
    signal?: AbortSignal,
  ): AsyncGenerator<ImportWriteEvent, void> {
    const found = this.#found.get(id);
    if (!found) throw new FailureError({ code: 'not_found' });
    if (this.#writing) throw new FailureError({ code: 'conflict' });
    const { store, now, changed } = this.#parts;
    let ended: () => void = () => undefined;
    this.#writing = new Promise((resolve) => {
      ended = resolve;
    });
    const stopped = () => signal?.aborted || this.#closing.signal.aborted;
    let isWhole = false;
    try {
      const begun = await store.write.beginImport(found.staged, known, now());
      const { taken } = begun;
      let written = 0;
      for (let from: number | null = 1; from !== null && !stopped(); ) {
        from = await store.write.importMessages(begun, from);
        if (from === null) break;
        written = Math.min(taken.messages, from - 1);
        yield { type: 'writing', messages: written, of: taken.messages };
      }
      if (stopped()) return;
      await store.write.finishImport(begun, now());
      isWhole = true;
      this.#written.set(id, begun);
      changed(...CHANGED);
      yield { type: 'written', ...taken };
    } finally {
      if (!isWhole) await this.#giveUp();
      this.#writing = null;
      await this.forget(id);
      ended();
    }
  }

  /** Forgets what was read and not written, with the images that nobody has then. */
  async forget(id: number): Promise<void> {
    const forgotten = this.#forget(id);
    this.#forgetting = this.#forgetting.then(() => forgotten);
    await forgotten;
  }

  async #forget(id: number): Promise<void> {
    const { store, attachments, log } = this.#parts;
    const found = this.#found.get(id);
    if (!found) return;
    this.#found.delete(id);
    try {
      await rm(found.staged, { force: true });
      await attachments.remove(await store.write.unusedImages(found.images));
    } catch (error) {
      // The next start takes the file away. Nobody who imports, or quits, can do anything about it.
      log('what was read of a file could not be taken away', error);
    }
  }

  /** Takes away what was written; returns how many conversations went. */
  async undo(id: number): Promise<number> {
    const { store, changed } = this.#parts;
    const place = this.#written.get(id);
    if (!place) throw new FailureError({ code: 'not_found' });
    this.#written.delete(id);
    const gone = await store.write.withdrawImport(place).catch((error: unknown) => {
      this.#written.set(id, place);
      throw error;
    });
    changed(...CHANGED);
    await this.#purgeUnseen();
    return gone;
  }

  /** Gives up what is read and written. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#threads.close();
    await this.#writing;
    await this.#starting;
    for (const id of this.#found.keys()) await this.forget(id);
  }

  async #giveUp(): Promise<void> {
    const { store, log } = this.#parts;
    try {
      await store.write.leaveImport();
      await this.#purgeUnseen();
    } catch (error) {
      // The next start takes it away; until then nobody sees it.
      log('an import could not be taken away', error);
    }
  }

  /** A file that was opened with the app may be read by now. */
  async #removeLeft(): Promise<void> {
    const { importFolder } = this.#parts;
    const files = await readdir(importFolder).catch(() => []);
    for (const file of files) {
      const isOurs = [...this.#names].some((name) => file.startsWith(name));
      if (!isOurs) await rm(join(importFolder, file), { recursive: true, force: true });
    }
  }

  /** The next start goes on with it. */
  async #purgeUnseen(): Promise<void> {
    const { store, purge, shorten } = this.#parts;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const ids = await store.read.importsOnTheirWay(PURGED_AT_ONCE);
      const [next] = ids;
      if (next === undefined) return;
      // Several are short; one alone may be longer than can be deleted at once.
      let isLong = ids.length === 1;
      while (isLong && !signal.aborted) isLong = await shorten(next);
      if (!signal.aborted) await purge(ids);
    }
  }
}
