import { mkdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Backup, BackupKind, BackupPreview, BackupState } from '../../shared/contract/backup';
import { type Failure, FailureError } from '../../shared/errors';
import { listBackups } from './backup-list';
import { backupFile, isDue, outdated } from './backup-names';
import type { BackupJob, BackupReply } from './backup-thread';
import { outdatedCopies } from './migration-copies';
import { type BackupPlaces, wishRestore } from './pending-restore';

export interface BackupsParts {
  readonly places: BackupPlaces;
  /** Whether nothing else is going on that a backup would slow down. */
  readonly isIdle: () => boolean;
  readonly runThread: (job: BackupJob) => Promise<BackupReply>;
  /** Shows a file in the system's own window of files. */
  readonly showFile: (path: string) => void;
  /** Ends the app in order and starts it anew. */
  readonly startAnew: () => void;
  /** Deletes the files of images that neither the store nor a backup names any more. */
  readonly unused: (used: ReadonlySet<string>) => Promise<void>;
  readonly changed: () => void;
  readonly log: (event: string, error: unknown) => void;
}

/** How long after a start it is first looked whether a backup is due, and how often then, in milliseconds. */
const FIRST_LOOK_MS = 180_000;
const LOOK_MS = 600_000;

/** What has to be left on the disk beside a backup, in bytes. */
const ROOM = 500_000_000;

/** The copies of the store: made once a day and on request, checked, and put back. */
export class Backups {
  readonly #parts: BackupsParts;
  #making: Promise<void> | null = null;
  #failure: Failure | null = null;
  #first: NodeJS.Timeout | undefined;
  #looking: NodeJS.Timeout | undefined;

  constructor(parts: BackupsParts) {
    this.#parts = parts;
  }

  /** Makes one when it is due, some time after the start and from time to time. */
  start(): void {
    this.#first = setTimeout(() => void this.#makeIfDue(), FIRST_LOOK_MS);
    this.#looking = setInterval(() => void this.#makeIfDue(), LOOK_MS);
    for (const timer of [this.#first, this.#looking]) timer.unref();
  }

  async state(): Promise<BackupState> {
    return {
      backups: await this.#list(),
      running: this.#making !== null,
      failure: this.#failure,
    };
  }

  /** Makes one now. Throws a `FailureError` that says why it could not be made. */
  async create(): Promise<BackupState> {
    await this.#make('manual');
    return this.state();
  }

  async preview(name: string): Promise<BackupPreview> {
    const path = await this.#existing(name);
    const reply = await this.#run({ kind: 'preview', path });
    if (reply.type !== 'previewed') throw new FailureError({ code: 'internal' });
    return reply.preview;
  }

  /** Has it in the place of the store after a new start. Throws when it cannot be read. */
  async restore(name: string): Promise<void> {
    await this.preview(name);
    wishRestore(this.#parts.places, { name, at: Date.now() });
    this.#parts.startAnew();
  }

  async remove(name: string): Promise<BackupState> {
    await this.#delete(await this.#existing(name));
    await this.#sweep();
    return this.state();
  }

  async show(name: string): Promise<void> {
    this.#parts.showFile(await this.#existing(name));
  }

  async close(): Promise<void> {
    clearTimeout(this.#first);
    clearInterval(this.#looking);
    await this.#making?.catch(() => undefined);
  }

  async #makeIfDue(): Promise<void> {
    if (!this.#parts.isIdle() || !isDue(await this.#list(), Date.now())) return;
    await this.#make('automatic').catch((error: unknown) => {
      this.#parts.log('the daily backup could not be made', error);
    });
  }

  async #make(kind: BackupKind): Promise<void> {
    // Two at once would only be slower than one after the other.
    while (this.#making) await this.#making.catch(() => undefined);
    this.#making = this.#makeOne(kind).finally(() => {
      this.#making = null;
      this.#parts.changed();
    });
    this.#parts.changed();
    await this.#making;
  }

  async #makeOne(kind: BackupKind): Promise<void> {
    const folder = this.#parts.places.backups;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await this.#checkRoom();
      await this.#run({ kind: 'make', path: join(folder, backupFile(Date.now(), kind)) });
      this.#failure = null;
    } catch (error) {
      this.#failure =
        error instanceof FailureError
          ? error.failure
          : { code: 'store_full', reason: 'not_written' };
      throw error instanceof FailureError
        ? error
        : new FailureError(this.#failure, { cause: error });
    }
    await this.#dropOutdated();
    await this.#dropCopies();
    await this.#sweep();
  }

  /** One that cannot be deleted now, as while another program reads it, is tried again after the next backup. */
  async #dropOutdated(): Promise<void> {
    const { places, log } = this.#parts;
    for (const { name } of outdated(await this.#list(), Date.now())) {
      await this.#delete(join(places.backups, name)).catch((error: unknown) => {
        log('an outdated backup could not be deleted', error);
      });
    }
  }

  async #dropCopies(): Promise<void> {
    const { places, log } = this.#parts;
    try {
      for (const path of await outdatedCopies(places.store, Date.now())) await this.#delete(path);
    } catch (error) {
      log('copies from before a migration could not be deleted', error);
    }
  }

  /** What was deleted for good goes when the last backup that has it does. */
  async #sweep(): Promise<void> {
    const { places, unused, log } = this.#parts;
    const backups = await this.#list();
    const paths = [places.store, ...backups.map(({ name }) => join(places.backups, name))];
    try {
      const used = new Set<string>();
      for (const path of paths) {
        const reply = await this.#run({ kind: 'files', path });
        if (reply.type === 'files') for (const hash of reply.hashes) used.add(hash);
      }
      await unused(used);
    } catch (error) {
      log('files that nothing names could not be looked for', error);
    }
  }

  /** A backup is about as large as the store; it must not be what fills the disk. */
  async #checkRoom(): Promise<void> {
    const { store, backups } = this.#parts.places;
    const [{ size }, { bavail, bsize }] = await Promise.all([stat(store), statfs(backups)]);
    if (bavail * bsize < size + ROOM) {
      throw new FailureError({ code: 'store_full', reason: 'disk_full' });
    }
  }

  #run(job: Omit<BackupJob, 'store'>): Promise<BackupReply> {
    return this.#parts.runThread({ ...job, store: this.#parts.places.store });
  }

  #list(): Promise<Backup[]> {
    return listBackups(this.#parts.places.backups);
  }

  async #existing(name: string): Promise<string> {
    if (!(await this.#list()).some((one) => one.name === name)) {
      throw new FailureError({ code: 'not_found' });
    }
    return join(this.#parts.places.backups, name);
  }

  /** With what SQLite keeps beside one that was put aside while it was open. */
  async #delete(path: string): Promise<void> {
    for (const end of ['', '-wal', '-shm']) await rm(path + end, { force: true });
  }
}
