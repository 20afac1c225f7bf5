import type { BillingConnection, BillingHindrance } from '../../shared/contract/billing';
import type { Reachability } from '../../shared/contract/connection';
import type { Topic } from '../../shared/contract/events';
import { type Failure, FailureError } from '../../shared/errors';
import type { BillingImportId, ConnectionId } from '../../shared/ids';
import { needsKey, type Profile } from '../../shared/profile';
import type { Endpoint } from '../provider/http';
import type { Store } from '../store/client';
import { CODE_OF_KIND, StoreError } from '../store/errors';
import type { BillingProgress } from '../store/queries/billing';
import type { StoredConnection } from '../store/queries/connections';
import { BillingReading } from './billing-reading';
import { BEYOND_BILL_MS, reconcile } from './reconciliation';

export interface BillingImportsParts {
  readonly store: Store;
  readonly changed: (...topics: readonly Topic[]) => void;
  readonly endpointOf: (connection: StoredConnection) => Promise<Endpoint>;
  readonly hasKey: (connection: StoredConnection) => boolean;
  readonly reachability: (id: ConnectionId) => Reachability;
  /** Learns that the server could not be asked. */
  readonly noteFailure: (id: ConnectionId, failure: Failure) => void;
  readonly now: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly log: (event: string, error: unknown) => string;
}

interface Running {
  readonly stop: AbortController;
  readonly done: Promise<void>;
  rows: number;
  waitsUntil: number | null;
}

/** Which servers have a history of what was billed. */
function hasHistory(profile: Profile): boolean {
  return profile === 'apipie';
}

/** The imports of billing history, at most one a connection at a time. Each goes on without a page. */
export class BillingImports {
  readonly #parts: BillingImportsParts;
  readonly #running = new Map<ConnectionId, Running>();
  readonly #failures = new Map<ConnectionId, Failure>();

  constructor(parts: BillingImportsParts) {
    this.#parts = parts;
  }

  async connections(): Promise<BillingConnection[]> {
    const { read } = this.#parts.store;
    // As of before the store is read: one that ends meanwhile is on its way still, not over with nothing done.
    const running = new Map(this.#running);
    const failures = new Map(this.#failures);
    const [stored, progress] = await Promise.all([read.listConnections(), read.billingProgress()]);
    return stored.map((connection) =>
      this.#describe(
        connection,
        progress.find((one) => one.connectionId === connection.id),
        running.get(connection.id),
        failures.get(connection.id),
      ),
    );
  }

  /** Begins an import or goes on with one, and does not wait for it. Throws a `FailureError`. */
  async start(id: ConnectionId): Promise<void> {
    const connection = await this.#parts.store.read.getConnection(id);
    const hindrance = this.#hindranceOf(connection);
    if (hindrance !== null) throw new FailureError(failureFor(hindrance));
    const endpoint = await this.#parts.endpointOf(connection);
    if (this.#running.has(id)) return;
    const stop = new AbortController();
    // It begins in a later turn, when it is in the list.
    const done = Promise.resolve().then(() => this.#run(id, endpoint, stop.signal));
    this.#running.set(id, { stop, done, rows: 0, waitsUntil: null });
    this.#failures.delete(id);
    this.#parts.changed('billing');
  }

  /** Resolves when nothing of it is written any more. */
  async stop(id: ConnectionId): Promise<void> {
    const running = this.#running.get(id);
    running?.stop.abort();
    await running?.done;
  }

  /** Throws a `FailureError` with `conflict` while the next import is being made: it would go with this one. */
  async undo(id: BillingImportId): Promise<void> {
    const { read, write } = this.#parts.store;
    const progress = await read.billingProgress();
    const followed = progress.find(({ last }) => last?.id === id)?.connectionId;
    if (followed !== undefined && this.#running.has(followed)) {
      throw new FailureError({ code: 'conflict' });
    }
    await write.undoBillingImport(id);
    this.#parts.changed('billing', 'spending', 'conversations', 'conversation');
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((id) => this.stop(id)));
  }

  async #run(id: ConnectionId, endpoint: Endpoint, signal: AbortSignal): Promise<void> {
    try {
      await this.#import(id, endpoint, signal);
    } catch (error) {
      const failure = this.#failureOf(error);
      if (failure.code !== 'stopped') {
        this.#failures.set(id, failure);
        // What goes wrong here says nothing of the server.
        if (error instanceof FailureError) this.#parts.noteFailure(id, failure);
      }
    } finally {
      this.#running.delete(id);
      this.#parts.changed('billing');
    }
  }

  async #import(id: ConnectionId, endpoint: Endpoint, signal: AbortSignal): Promise<void> {
    const { store, sleep, now, changed } = this.#parts;
    const unfinished = await store.write.beginBillingImport(id, now());
    const note = (change: Partial<Pick<Running, 'rows' | 'waitsUntil'>>) => {
      const running = this.#running.get(id);
      if (running) Object.assign(running, change);
      changed('billing');
    };
    note({ rows: unfinished.entries });
    const reading = new BillingReading(
      {
        store,
        connectionId: id,
        endpoint,
        signal,
        sleep,
        read: (rows) => note({ rows }),
        waits: (ms) => note({ waitsUntil: ms === null ? null : now() + ms }),
      },
      unfinished,
    );
    await reading.toItsEnd();
    const matches = await this.#matches(id);
    await store.write.finishBillingImport(unfinished.id, matches, now());
    changed('billing', 'spending', 'conversations', 'conversation');
  }

  async #matches(id: ConnectionId) {
    const { read } = this.#parts.store;
    const entries = await read.openEntries(id);
    const [first, last] = [entries[0], entries.at(-1)];
    if (!first || !last) return [];
    const [runs, own] = await Promise.all([
      read.openRuns(id, first.at - BEYOND_BILL_MS, last.at + BEYOND_BILL_MS),
      read.ownApps(id),
    ]);
    return reconcile(runs, entries, own);
  }

  #failureOf(error: unknown): Failure {
    if (error instanceof FailureError) return error.failure;
    const reference = this.#parts.log('billing import', error);
    return { code: error instanceof StoreError ? CODE_OF_KIND[error.kind] : 'internal', reference };
  }

  #describe(
    connection: StoredConnection,
    progress: BillingProgress | undefined,
    running: Running | undefined,
    failure: Failure | undefined,
  ): BillingConnection {
    const { id, name, isDemo } = connection;
    return {
      connectionId: id,
      name,
      isDemo,
      hindrance: this.#hindranceOf(connection),
      running: running ? { rows: running.rows, waitsUntil: running.waitsUntil } : null,
      unfinished: running ? null : (progress?.unfinished ?? null),
      failure: failure ?? null,
      last: progress?.last ?? null,
    };
  }

  #hindranceOf(connection: StoredConnection): BillingHindrance | null {
    const { id, profile, isDemo } = connection;
    if (!hasHistory(profile)) return 'no_history';
    if (!isDemo && needsKey(profile) && !this.#parts.hasKey(connection)) return 'no_key';
    return this.#parts.reachability(id).state === 'offline' ? 'offline' : null;
  }
}

function failureFor(hindrance: BillingHindrance): Failure {
  switch (hindrance) {
    case 'no_history':
      return { code: 'invalid_input', reason: 'no_history' };
    case 'no_key':
      return { code: 'no_key' };
    case 'offline':
      return { code: 'offline' };
  }
}
