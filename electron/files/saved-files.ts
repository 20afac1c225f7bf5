import { FailureError } from '../../shared/errors';
import type { FileReply, FileThread } from './file-thread';

export interface SavedFilesParts {
  /** Lets the user choose where a file is to stand; null when they did not. */
  readonly choosePlace: (name: string) => Promise<string | null>;
  /** Shows a file in the system's own window of files. */
  readonly showFile: (path: string) => void;
}

/** How far a file is; the last one says that it stands where the user wanted it. */
export type SavingEvent<Written> =
  | { readonly type: 'writing'; readonly rows: number; readonly of: number }
  | { readonly type: 'saved'; readonly id: number; readonly written: Written };

/** A thread whose end can be waited for, whatever it wrote. */
interface Running {
  readonly stop: () => void;
  readonly ended: Promise<void>;
}

/** The files that are being written for the user, and where those that were written stand. */
export class SavedFiles {
  readonly #parts: SavedFilesParts;
  readonly #running = new Set<Running>();
  readonly #saved = new Map<number, string>();

  constructor(parts: SavedFilesParts) {
    this.#parts = parts;
  }

  /**
   * Lets the user choose where, then writes. Nothing is said when they did not choose. Once `signal`
   * aborts, the file is given up and nothing of it stays.
   */
  async *save<Written>(
    name: string,
    start: (path: string) => FileThread<Written>,
    signal?: AbortSignal,
  ): AsyncGenerator<SavingEvent<Written>, void> {
    const path = await this.#parts.choosePlace(name);
    if (path === null || signal?.aborted) return;
    const thread = start(path);
    const replies = new Replies(thread);
    const stop = () => thread.stop();
    const running: Running = { stop, ended: replies.ended };
    this.#running.add(running);
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
            yield { type: 'saved', id, written: reply.written };
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
      stop();
      signal?.removeEventListener('abort', stop);
      await replies.ended;
      this.#running.delete(running);
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
    const running = [...this.#running];
    for (const { stop } of running) stop();
    await Promise.all(running.map(({ ended }) => ended));
  }
}

/** What a thread says, one after the other. */
class Replies<Written> {
  readonly #said: FileReply<Written>[] = [];
  #wake: () => void = () => undefined;
  readonly ended: Promise<void>;

  constructor(thread: FileThread<Written>) {
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

  async next(): Promise<FileReply<Written>> {
    for (;;) {
      const reply = this.#said.shift();
      if (reply) return reply;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
