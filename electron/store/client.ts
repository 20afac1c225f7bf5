import { StoreError } from './errors';
import type { RemoteReads, RemoteWrites, Request, Role } from './protocol';
import type { StorePort } from './spawn';

/** The store as main sees it: promises, answered by one reading and one writing thread. */
export interface Store {
  readonly read: RemoteReads;
  readonly write: RemoteWrites;
  /** Ends both threads after what was asked of them is done. */
  close(): Promise<void>;
}

export type SpawnThread = (role: Role) => StorePort;

/**
 * Opens the store. The writer comes first: it makes the file and brings the schema up to date. Reading is
 * the writer's work too until `quiet` resolves: then the reader is started, which no writing delays and
 * which delays none. One that does not open leaves the reading to the writer and is told to `failed`.
 * Rejects with a `StoreError` that says why the store cannot be opened.
 */
export async function openStore(
  spawn: SpawnThread,
  quiet: Promise<void>,
  failed: (error: unknown) => void,
): Promise<Store> {
  const writer = new Thread(spawn('writer'));
  await writer.ready;
  let reader = writer;
  let closing = false;
  let second: Promise<void> | null = null;
  const startReader = async () => {
    const thread = new Thread(spawn('reader'));
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
  return {
    read: remote<RemoteReads>('read', () => reader),
    write: remote<RemoteWrites>('write', () => writer),
    close: async () => {
      closing = true;
      await second;
      if (reader !== writer) await reader.close();
      await writer.close();
    },
  };
}

/** One store thread and the calls it has not answered. */
class Thread {
  readonly ready: Promise<void>;
  readonly #port: StorePort;
  readonly #calls = new Map<number, PromiseWithResolvers>();
  #next = 1;
  #ended = false;
  #end: () => void = () => {};
  readonly #closed = new Promise<void>((resolve) => {
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
        const error = new StoreError('closed', 'the store thread ended', { cause });
        reject(error);
        this.#ended = true;
        for (const call of this.#calls.values()) call.reject(error);
        this.#calls.clear();
        this.#end();
      });
    });
  }

  call(kind: Request['kind'], method: string, args: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#ended) {
        reject(new StoreError('closed', 'the store is closed'));
        return;
      }
      const id = this.#next++;
      this.#calls.set(id, { resolve, reject });
      this.#port.post({ id, kind, method, args });
    });
  }

  async close(): Promise<void> {
    if (!this.#ended) this.#port.post('close');
    await this.#closed;
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
function remote<Methods extends object>(kind: Request['kind'], thread: () => Thread): Methods {
  const calls = new Proxy<Record<string, unknown>>(
    {},
    {
      get:
        (_, method) =>
        (...args: unknown[]) =>
          thread().call(kind, String(method), args),
    },
  );
  return calls as Methods;
}
