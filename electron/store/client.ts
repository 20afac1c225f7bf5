import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError } from './errors';
import type { RemoteReads, RemoteWrites, Request, Role } from './protocol';
import type { StorePort } from './spawn';
import { TroubleWatch } from './trouble';

/** The store as main sees it: promises, answered by one reading and one writing thread. */
export interface Store {
  readonly read: RemoteReads;
  readonly write: RemoteWrites;
  /** What keeps it from being written now. */
  readonly trouble: Pick<TroubleWatch, 'now' | 'onChange'>;
  /**
   * Is called when the writing thread ended by a fault, at a moment (ms since 1970), and runs again. What
   * was asked of it then was refused as `crashed`, and may have been done.
   */
  onRestart(listener: (crashedAt: number) => void): void;
  /** Ends both threads after what was asked of them is done. */
  close(): Promise<void>;
}

export type SpawnThread = (role: Role) => StorePort;

/**
 * Opens the store. The writer comes first: it makes the file and brings the schema up to date. Reading is
 * the writer's work too until `quiet` resolves: then the reader is started, which no writing delays and
 * which delays none. One that does not open leaves the reading to the writer and is told to `failed`. A
 * thread that ends by a fault is told to it too, and is started again.
 * Rejects with a `StoreError` that says why the store cannot be opened.
 */
export async function openStore(
  spawn: SpawnThread,
  quiet: Promise<void>,
  failed: (error: unknown) => void,
): Promise<Store> {
  const restarted = new Set<(crashedAt: number) => void>();
  const writer = new LastingThread(
    () => new Thread(spawn('writer')),
    failed,
    (crashedAt) => {
      for (const listener of restarted) listener(crashedAt);
    },
  );
  await writer.ready;
  let reader: LastingThread | null = null;
  let closing = false;
  let second: Promise<void> | null = null;
  const startReader = async () => {
    const thread = new LastingThread(() => new Thread(spawn('reader')), failed);
    try {
      await thread.ready;
      reader = thread;
    } catch (error) {
      failed(error);
    }
  };
  void quiet.then(() => {
    if (!closing) second = startReader();
  });
  const trouble = new TroubleWatch(async () => {
    await writer.call('write', 'probeWrite', []);
  });
  return {
    read: remote<RemoteReads>((method, args) =>
      (reader?.isRunning ? reader : writer).call('read', method, args),
    ),
    write: remote<RemoteWrites>((method, args) => {
      const call = writer.call('write', method, args);
      trouble.follow(call);
      return call;
    }),
    trouble,
    onRestart: (listener) => restarted.add(listener),
    close: async () => {
      closing = true;
      trouble.close();
      await second;
      await reader?.close();
      await writer.close();
    },
  };
}

/** How long is waited before a thread is started again, in milliseconds; twice as long each time it fails. */
const RESTART_MS = 100;
const LONGEST_RESTART_MS = 5_000;

/** A thread that is started again when it ends by a fault, for as long as it is wanted. */
class LastingThread {
  readonly ready: Promise<void>;
  readonly #start: () => Thread;
  readonly #failed: (error: unknown) => void;
  readonly #restarted: (crashedAt: number) => void;
  #thread: Thread;
  #closing = new AbortController();
  #running = true;

  constructor(
    start: () => Thread,
    failed: (error: unknown) => void,
    restarted: (crashedAt: number) => void = () => undefined,
  ) {
    this.#start = start;
    this.#failed = failed;
    this.#restarted = restarted;
    this.#thread = start();
    this.ready = this.#thread.ready;
    this.ready.then(
      () => this.#keep(),
      () => undefined,
    );
  }

  get isRunning(): boolean {
    return this.#running;
  }

  call(kind: Request['kind'], method: string, args: readonly unknown[]): Promise<unknown> {
    return this.#thread.call(kind, method, args);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#thread.close();
  }

  async #keep(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const cause = await this.#thread.ended;
      if (signal.aborted) return;
      const crashedAt = Date.now();
      this.#running = false;
      this.#failed(cause);
      for (let wait = RESTART_MS; !this.#running; wait = Math.min(2 * wait, LONGEST_RESTART_MS)) {
        await sleep(wait, undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return;
        const next = this.#start();
        try {
          await next.ready;
          this.#thread = next;
          this.#running = true;
        } catch (error) {
          this.#failed(error);
        }
      }
      this.#restarted(crashedAt);
    }
  }
}

/** One store thread and the calls it has not answered. */
class Thread {
  readonly ready: Promise<void>;
  readonly #port: StorePort;
  readonly #calls = new Map<number, PromiseWithResolvers>();
  #next = 1;
  #closing = false;
  #error: StoreError | null = null;
  #end: (error: StoreError) => void = () => {};
  /** Resolves when it has ended, with how: `closed` when that was wanted, else `crashed`. */
  readonly ended = new Promise<StoreError>((resolve) => {
    this.#end = resolve;
  });

  constructor(port: StorePort) {
    this.#port = port;
    this.ready = new Promise((resolve, reject) => {
      port.onReply((reply) => {
        switch (reply.type) {
          case 'ready':
            resolve();
            return;
          case 'closed':
            return;
          case 'result':
            this.#take(reply.id)?.resolve(reply.value);
            return;
          case 'error': {
            const error = new StoreError(reply.kind, reply.message);
            if (reply.id === null) reject(error);
            else this.#take(reply.id)?.reject(error);
            return;
          }
        }
      });
      port.onExit((cause) => {
        const kind = this.#closing ? 'closed' : 'crashed';
        const error = new StoreError(kind, 'the store thread ended', { cause });
        reject(error);
        this.#error = error;
        for (const call of this.#calls.values()) call.reject(error);
        this.#calls.clear();
        this.#end(error);
      });
    });
  }

  call(kind: Request['kind'], method: string, args: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#error) {
        reject(this.#error);
        return;
      }
      const id = this.#next++;
      this.#calls.set(id, { resolve, reject });
      this.#port.post({ id, kind, method, args });
    });
  }

  async close(): Promise<void> {
    this.#closing = true;
    if (!this.#error) this.#port.post('close');
    await this.ended;
  }

  #take(id: number): PromiseWithResolvers | undefined {
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    return call;
  }
}

interface PromiseWithResolvers {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Calls on a thread by name. The names are known to the types only: importing the functions would
 * load SQLite into the main thread.
 */
function remote<Methods extends object>(
  call: (method: string, args: readonly unknown[]) => Promise<unknown>,
): Methods {
  const calls = new Proxy<Record<string, unknown>>(
    {},
    {
      get:
        (_, method) =>
        (...args: unknown[]) =>
          call(String(method), args),
    },
  );
  return calls as Methods;
}
