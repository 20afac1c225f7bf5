import type {
  Catalogue,
  ConnectionActivity,
  ConnectionReport,
  ModelRecord,
  Reachability,
} from '../../shared/contract/connection';
import { FailureError } from '../../shared/errors';
import type { ConnectionId } from '../../shared/ids';
import type { CompletionEnd } from '../provider/completion';
import type { Endpoint } from '../provider/http';
import { type Probe, probeModels, testConnection } from '../provider/probe';
import type { Store } from '../store/client';
import type { StoredConnection } from '../store/queries/connections';
import { Endpoints, type EndpointsParts } from './endpoints';
import type { Feed } from './feed';
import { ReachabilityBook } from './reachability';

export interface ServersParts extends EndpointsParts {
  readonly store: Store;
  readonly feed: Feed;
  /** Asks a server that could not be reached again by itself; usual. */
  readonly asksAgain?: boolean;
}

/** Activity is counted over this many milliseconds: 30 days. */
const ACTIVITY_MS = 30 * 24 * 3_600_000;

/** Models are judged by this many milliseconds: 90 days. */
const RECORDS_MS = 90 * 24 * 3_600_000;

/** What a test that did not get to ask anything has to say. */
const NOTHING_FOUND: Omit<ConnectionReport, 'at' | 'failure'> = {
  latencyMs: null,
  key: 'unknown',
  credit: 'unknown',
  models: null,
  proxy: null,
  certificate: null,
};

/** The servers of the connections: whether they are there, what they offer, how to ask them. */
export class Servers {
  readonly endpoints: Endpoints;
  readonly reachability: ReachabilityBook;
  readonly #parts: ServersParts;

  constructor(parts: ServersParts) {
    this.#parts = parts;
    this.endpoints = new Endpoints(parts);
    this.reachability = new ReachabilityBook(
      () => parts.feed.changed('connections'),
      async (id) => {
        if (parts.asksAgain ?? true) await this.check(id);
      },
    );
  }

  /** Asks the server whether it is there, and for its models. */
  async check(id: ConnectionId): Promise<Reachability> {
    await this.#fetchModels(id);
    return this.reachability.get(id);
  }

  /** Asks once whether the server of the connection in use is there: the last used, else the first. */
  async checkInUse(lastUsed: number | null): Promise<void> {
    const stored = await this.#parts.store.read.listConnections();
    const inUse = stored.find(({ id }) => id === lastUsed) ?? stored[0];
    if (inUse) await this.check(inUse.id);
  }

  /** Finds out all that can be found out without paying. What stands in the way is in the report. */
  async test(id: ConnectionId, signal?: AbortSignal): Promise<ConnectionReport> {
    const connection = await this.#parts.store.read.getConnection(id);
    const report = await this.#tested(connection, signal);
    const { failure, latencyMs } = report;
    // What is wrong with the key comes after the server has answered.
    if (latencyMs !== null) this.reachability.noteProbe(id, { ok: true, value: null, latencyMs });
    else if (failure) this.reachability.noteProbe(id, { ok: false, failure });
    return report;
  }

  activity(id: ConnectionId): Promise<ConnectionActivity> {
    return this.#parts.store.read.connectionActivity(id, Date.now() - ACTIVITY_MS);
  }

  modelRecords(id: ConnectionId): Promise<ModelRecord[]> {
    return this.#parts.store.read.modelRecords(id, Date.now() - RECORDS_MS);
  }

  /** The models last listed by the server; asks it when there is no list yet and it may be there. */
  async catalogue(id: ConnectionId): Promise<Catalogue> {
    const known = await this.#catalogue(id);
    if (known.fetchedAt !== null || this.reachability.get(id).state === 'offline') return known;
    await this.#fetchModels(id);
    return this.#catalogue(id);
  }

  /** Asks the server for its models anew. Throws a `FailureError` when it does not give them. */
  async refreshCatalogue(id: ConnectionId, signal?: AbortSignal): Promise<Catalogue> {
    const probe = await this.#fetchModels(id, signal);
    if (!probe.ok) throw new FailureError(probe.failure);
    return this.#catalogue(id);
  }

  async setFavourite(id: ConnectionId, model: string, favourite: boolean): Promise<void> {
    await this.#parts.store.write.setFavourite(id, model, favourite, Date.now());
    this.#parts.feed.changed('connections');
  }

  /** What requests to a connection are made with. Throws a `FailureError` when its key is not there. */
  async endpointOf(connection: StoredConnection): Promise<Endpoint> {
    return (await this.endpoints.routeOf(connection)).endpoint;
  }

  /** Learns from the end of a run whether the server can be reached. */
  noteEnd(id: ConnectionId, end: CompletionEnd): void {
    this.reachability.noteEnd(id, end);
  }

  /** Asks no server any more. */
  close(): void {
    this.reachability.close();
  }

  async #tested(connection: StoredConnection, signal?: AbortSignal): Promise<ConnectionReport> {
    try {
      const { endpoint, proxy } = await this.endpoints.openRouteOf(connection);
      return await testConnection(connection.profile, endpoint, proxy, signal);
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      return { ...NOTHING_FOUND, at: Date.now(), failure: error.failure };
    }
  }

  async #fetchModels(id: ConnectionId, signal?: AbortSignal): Promise<Probe<unknown>> {
    const { store, feed } = this.#parts;
    const connection = await store.read.getConnection(id);
    const { endpoint } = await this.endpoints.openRouteOf(connection);
    const probe = await probeModels(endpoint, signal);
    this.reachability.noteProbe(id, probe);
    if (probe.ok) {
      await store.write.saveModels(id, probe.value, Date.now());
      feed.changed('connections');
    }
    return probe;
  }

  async #catalogue(id: ConnectionId): Promise<Catalogue> {
    const { read } = this.#parts.store;
    const [{ modelsAt }, models] = await Promise.all([read.getConnection(id), read.listModels(id)]);
    return { models, fetchedAt: modelsAt };
  }
}
