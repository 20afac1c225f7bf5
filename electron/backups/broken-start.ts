import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupContents } from '../../shared/contract/backup';
import type { Salvaged, StartProblem, StartProblemKind } from '../../shared/contract/broken-start';
import { FailureError } from '../../shared/errors';
import { type StoreErrorKind, storeError } from '../store/errors';
import { listBackups } from './backup-list';
import { backupFile } from './backup-names';
import type { BackupJob, BackupReply } from './backup-thread';
import { type BackupPlaces, wishRestore } from './pending-restore';

export interface BrokenStartParts {
  /** Why the store could not be opened. */
  readonly error: unknown;
  /** The data folder. */
  readonly folder: string;
  readonly places: BackupPlaces;
  readonly runThread: (job: BackupJob) => Promise<BackupReply>;
  readonly startAnew: () => void;
  readonly showFolder: () => void;
  readonly quit: () => void;
}

/** The ways on when the store cannot be opened. Each keeps its file. */
export class BrokenStart {
  readonly #parts: BrokenStartParts;

  constructor(parts: BrokenStartParts) {
    this.#parts = parts;
  }

  async problem(): Promise<StartProblem> {
    const { error, folder, places } = this.#parts;
    const { kind, message } = storeError(error);
    return {
      kind: PROBLEM_OF_KIND[kind],
      folder,
      reason: message,
      backups: await listBackups(places.backups),
    };
  }

  /** Throws a `FailureError` when it is not there or cannot be read. */
  async contents(name: string): Promise<BackupContents> {
    const { places, runThread } = this.#parts;
    const known = await listBackups(places.backups);
    if (!known.some((one) => one.name === name)) throw new FailureError({ code: 'not_found' });
    const path = join(places.backups, name);
    const reply = await runThread({ kind: 'contents', store: places.store, path });
    if (reply.type !== 'contents') throw new FailureError({ code: 'internal' });
    return reply.contents;
  }

  async restore(name: string): Promise<void> {
    await this.contents(name);
    this.#goOn(name);
  }

  /** Throws a `FailureError` when nothing could be read, or the new file could not be written. */
  async salvage(): Promise<Salvaged> {
    const { places, runThread } = this.#parts;
    const name = backupFile(Date.now(), 'salvaged');
    await mkdir(places.backups, { recursive: true, mode: 0o700 });
    const path = join(places.backups, name);
    const reply = await runThread({ kind: 'salvage', store: places.store, path });
    if (reply.type !== 'salvaged') throw new FailureError({ code: 'internal' });
    return { name, ...reply.contents, unreadable: reply.unreadable };
  }

  startEmpty(): void {
    this.#goOn(null);
  }

  tryAgain(): void {
    this.#parts.startAnew();
  }

  showFolder(): void {
    this.#parts.showFolder();
  }

  quit(): void {
    this.#parts.quit();
  }

  #goOn(name: string | null): void {
    wishRestore(this.#parts.places, { name, at: Date.now(), aside: 'set-aside' });
    this.#parts.startAnew();
  }
}

const PROBLEM_OF_KIND: Readonly<Record<StoreErrorKind, StartProblemKind>> = {
  corrupt: 'corrupt',
  newer: 'newer',
  full: 'full',
  read_only: 'read_only',
  not_a_folder: 'not_a_folder',
  older: 'other',
  busy: 'other',
  not_found: 'other',
  conflict: 'other',
  closed: 'other',
  crashed: 'other',
  logic: 'other',
};
