import type { UsageFileEvent, UsageOrder } from '../../shared/contract/usage-file';
import { FailureError } from '../../shared/errors';
import { localDay } from '../../shared/local-day';
import type { UsageJob, UsageReply, UsageThread } from './usage-thread';

export interface UsageFilesParts {
  readonly startThread: (job: UsageJob) => UsageThread;
  /** Lets the user choose where a file is to stand; null when they did not. */
  readonly choosePlace: (name: string) => Promise<string | null>;
  /** Shows a file in the system's own window of files. */
  readonly showFile: (path: string) => void;
  readonly timeZone: () => string;
}

/** The usage files that are being written, and where those that were written stand. */
export class UsageFiles {
  readonly #parts: UsageFilesParts;
  readonly #writing = new Set<UsageThread>();
  readonly #ended = new WeakMap<UsageThread, Promise<void>>();
  readonly #saved = new Map<number, string>();

  constructor(parts: UsageFilesParts) {
    this.#parts = parts;
  }

  /**
   * Lets the user choose where, then writes. Nothing is said when they did not choose. Once `signal`
   * aborts, the file is given up and nothing of it stays.
   */
  async *save(order: UsageOrder, signal?: AbortSignal): AsyncGenerator<UsageFileEvent, void> {
    const timeZone = this.#parts.timeZone();
    const today = localDay(Date.now(), timeZone);
    const path = await this.#parts.choosePlace(fileName(order, today));
    if (path === null || signal?.aborted) return;
    const thread = this.#parts.startThread({ path, order, calendar: { today, timeZone } });
    const replies = new Replies(thread);
    this.#writing.add(thread);
    this.#ended.set(thread, replies.ended);
    const stop = () => thread.stop();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      for (;;) {
        const reply = await replies.next();
        switch (reply.type) {
          case 'writing':
            yield reply;
            break;
          case 'written': {
            const id = this.#saved.size + 1;
            this.#saved.set(id, path);
            yield { type: 'saved', rows: reply.rows, sum: reply.sum, id };
            return;
          }
          case 'cancelled':
            return;
          case 'failed':
            throw new FailureError(reply.failure);
        }
      }
    } finally {
      // Whoever stops to listen gives the file up.
      thread.stop();
      signal?.removeEventListener('abort', stop);
      await replies.ended;
      this.#writing.delete(thread);
    }
  }

  /** Throws a `FailureError` of the code `not_found` where no such file was saved. */
  show(id: number): void {
    const path = this.#saved.get(id);
    if (path === undefined) throw new FailureError({ code: 'not_found' });
    this.#parts.showFile(path);
  }

  /** Gives up what is being written. */
  async close(): Promise<void> {
    const writing = [...this.#writing];
    for (const thread of writing) thread.stop();
    await Promise.all(writing.map((thread) => this.#ended.get(thread)));
  }
}

/** What a thread says, one after the other. */
class Replies {
  readonly #said: UsageReply[] = [];
  #wake: () => void = () => undefined;
  readonly ended: Promise<void>;

  constructor(thread: UsageThread) {
    thread.onReply((reply) => {
      this.#said.push(reply);
      this.#wake();
    });
    this.ended = new Promise((resolve) => {
      thread.onExit(() => {
        // Not heard of when it said how it ended.
        this.#said.push({ type: 'failed', failure: { code: 'internal' } });
        this.#wake();
        resolve();
      });
    });
  }

  async next(): Promise<UsageReply> {
    for (;;) {
      const reply = this.#said.shift();
      if (reply) return reply;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

/** `slice-runs-2025-11-01-to-2025-11-30.csv` */
function fileName({ kind, format, filter, groupBy }: UsageOrder, today: string): string {
  const what = kind === 'totals' ? `totals-by-${groupBy}` : kind;
  const range = `${filter.from === null ? '' : `${filter.from}-`}to-${filter.to ?? today}`;
  return `slice-${filter.demo ? 'demo-' : ''}${what}-${range}.${format}`;
}
