import { FailureError } from '../../shared/errors';
import type { FileReply, FileThread } from './file-thread';

/** How far a thread is; the last one says what came of it. */
export type ThreadEvent<Written> = Extract<
  FileReply<Written>,
  { readonly type: 'writing' | 'written' }
>;

/** A thread whose end can be waited for, whatever it does. */
interface Running {
  readonly stop: () => void;
  readonly ended: Promise<void>;
}

/** Threads that are listened to until they end. */
export class FollowedThreads {
  readonly #running = new Set<Running>();

  /**
   * What a thread says, to its end. Once `signal` aborts, or nobody listens any more, it is stopped, and
   * says nothing of an end. Throws the `FailureError` that it fails with.
   */
  async *follow<Written>(
    thread: FileThread<Written>,
    signal?: AbortSignal,
  ): AsyncGenerator<ThreadEvent<Written>, void> {
    const replies = new Replies(thread);
    const stop = () => thread.stop();
    const running: Running = { stop, ended: replies.ended };
    this.#running.add(running);
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      for (;;) {
        const reply = await replies.next();
        switch (reply.type) {
          case 'writing':
            yield reply;
            break;
          case 'written':
            yield reply;
            return;
          case 'cancelled':
            return;
          case 'failed':
            throw new FailureError(reply.failure);
        }
      }
    } finally {
      // Whoever stops to listen gives it up.
      stop();
      signal?.removeEventListener('abort', stop);
      await replies.ended;
      this.#running.delete(running);
    }
  }

  /** Stops them all. */
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
