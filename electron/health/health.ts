import { readdir, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type {
  HealthCheck,
  HealthPart,
  HealthState,
  MendablePart,
} from '../../shared/contract/health';
import { FailureError } from '../../shared/errors';
import type { Store } from '../store/client';
import type { HealthJob, HealthReply } from './health-thread';
import type { StoreFigures } from './health-work';

export interface HealthPlaces {
  /** The store's file. */
  readonly store: string;
  readonly attachments: string;
  readonly backups: string;
}

export interface HealthParts {
  readonly places: HealthPlaces;
  readonly store: {
    readonly write: Pick<Store['write'], 'rebuildSearch' | 'recountSums'>;
  };
  readonly runThread: (job: HealthJob) => Promise<HealthReply>;
  /** What is looked at, or what was found, is another. */
  readonly changed: () => void;
  /** The sums were made anew. */
  readonly recounted: () => void;
  readonly now: () => number;
}

/** What has to be free on the disk, in bytes: a copy of the store as large as it is, and this much more. */
const WANTED = 1_000_000_000;

/** Looks at the store on request, mends what can be mended, and tells how much room there is. */
export class Health {
  readonly #parts: HealthParts;
  readonly #checks: Record<HealthPart, HealthCheck | null> = {
    pages: null,
    search: null,
    sums: null,
  };
  readonly #running = new Map<HealthPart, Promise<void>>();

  constructor(parts: HealthParts) {
    this.#parts = parts;
  }

  /** Takes away what a check left that was cut off. */
  async start(): Promise<void> {
    for (const end of ['', '-journal', '-wal', '-shm']) {
      await rm(this.#scratch + end, { force: true }).catch(() => undefined);
    }
  }

  async state(): Promise<HealthState> {
    const { store, attachments, backups } = this.#parts.places;
    const [file, wal, ofAttachments, ofBackups] = await Promise.all([
      sizeOf(store),
      sizeOf(`${store}-wal`),
      sizeIn(attachments),
      sizeIn(backups),
    ]);
    return {
      checks: { ...this.#checks },
      running: [...this.#running.keys()],
      sizes: { store: file, wal, attachments: ofAttachments, backups: ofBackups },
      room: await roomAt(dirname(store), file + WANTED),
    };
  }

  /** Looks at a part; what stands in the way of that is in the state. Twice at once is once. */
  async check(part: HealthPart): Promise<HealthState> {
    await this.#alone(part, () => this.#look(part));
    return this.state();
  }

  /** Makes a part anew and looks at it again. Throws a `StoreError` when it cannot be written. */
  async mend(part: MendablePart): Promise<HealthState> {
    await this.#running.get(part)?.catch(() => undefined);
    await this.#alone(part, async () => {
      const { write } = this.#parts.store;
      if (part === 'search') await write.rebuildSearch();
      else {
        await write.recountSums();
        this.#parts.recounted();
      }
      await this.#look(part);
    });
    return this.state();
  }

  /** What stands in the store, as numbers. Throws a `FailureError` when it cannot be read. */
  async figures(): Promise<StoreFigures> {
    const { runThread, places } = this.#parts;
    const reply = await runThread({ kind: 'figures', store: places.store });
    if (reply.type !== 'figures') throw new FailureError({ code: 'internal' });
    return reply.figures;
  }

  get #scratch(): string {
    return `${this.#parts.places.store}.check`;
  }

  async #alone(part: HealthPart, work: () => Promise<void>): Promise<void> {
    let running = this.#running.get(part);
    if (!running) {
      running = work().finally(() => {
        this.#running.delete(part);
        this.#parts.changed();
      });
      this.#running.set(part, running);
      this.#parts.changed();
    }
    await running;
  }

  async #look(part: HealthPart): Promise<void> {
    const { runThread, places, now } = this.#parts;
    try {
      if (part === 'search') await this.#checkRoom();
      const job = { kind: 'check', part, store: places.store, scratch: this.#scratch } as const;
      const reply = await runThread(job);
      if (reply.type !== 'checked') throw new FailureError({ code: 'internal' });
      this.#checks[part] = { at: now(), faults: reply.faults, failure: null };
    } catch (error) {
      const failure = error instanceof FailureError ? error.failure : { code: 'internal' as const };
      this.#checks[part] = { at: now(), faults: 0, failure };
    }
  }

  /** A copy that fills the disk would do more harm than a broken index. */
  async #checkRoom(): Promise<void> {
    const { store } = this.#parts.places;
    const room = await roomAt(dirname(store), (await sizeOf(store)) + WANTED / 2);
    if (room && room.free < room.wanted) {
      throw new FailureError({ code: 'store_full', reason: 'disk_full' });
    }
  }
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0;
}

/** All files of a folder and of the folders in it; 0 when it is not there. */
async function sizeIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  let sum = 0;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    sum += entry.isDirectory() ? await sizeIn(path) : await sizeOf(path);
  }
  return sum;
}

async function roomAt(folder: string, wanted: number): Promise<HealthState['room']> {
  const disk = await statfs(folder).catch(() => null);
  return disk && { free: disk.bavail * disk.bsize, wanted };
}
