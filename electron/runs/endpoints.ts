import { normaliseBaseUrl } from '../../shared/base-url';
import type {
  Connection,
  KeyState,
  KeyStrength,
  Model,
  NewConnection,
  Reachability,
} from '../../shared/contract/connection';
import { DEFAULT_LIMITS } from '../../shared/endpoint';
import { FailureError } from '../../shared/errors';
import type { ConnectionId } from '../../shared/ids';
import type { CompletionEnd } from '../provider/completion';
import type { Endpoint } from '../provider/http';
import { type Probe, probeConnection, probeModels } from '../provider/probe';
import type { Store } from '../store/client';
import type { StoredConnection } from '../store/queries/connections';
import type { Feed } from './feed';

/** A connection that is to be, with its key opened. */
export type ConnectionInput = Omit<NewConnection, 'key'> & { readonly key: string };

/** Where keys are kept. Only main has one. */
export interface KeyVault {
  strength(): KeyStrength;
  state(id: ConnectionId): KeyState;
  /** The key, or null when there is none or it cannot be read now. */
  read(id: ConnectionId): string | null;
  /** Keeps the key as safely as this computer can; weakly only when the user agreed to it. */
  save(id: ConnectionId, key: string, allowWeak: boolean): void;
}

/** The running simulator behind the Demo connection. */
export interface DemoServer {
  readonly baseUrl: string;
  readonly key: string;
}

export interface EndpointsParts {
  readonly store: Store;
  readonly feed: Feed;
  readonly vault: KeyVault;
  readonly dispatcher: Endpoint['dispatcher'];
  readonly startDemo: () => Promise<DemoServer>;
}

/** How often a server that could not be reached is asked again, in milliseconds. */
const ASK_AGAIN_MS = 30_000;

/** What the Demo connection's row has for an address: the simulator's port is another each time. */
const DEMO_BASE_URL = 'demo:';

const PLAIN = { auth: 'bearer', headers: {}, limits: DEFAULT_LIMITS } as const;

const UNKNOWN: Reachability = { state: 'unknown', since: 0, latencyMs: null };

/** Failures that mean the server could not be reached at all. */
const UNREACHABLE: ReadonlySet<string> = new Set(['network', 'offline']);

/** Failures that do not tell whether the server is there. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(['timeout', 'internal']);

/** Servers that need no key. */
const KEYLESS: ReadonlySet<string> = new Set(['ollama', 'other']);

/** The connections with their keys, and whether their servers can be reached. */
export class Endpoints {
  readonly #parts: EndpointsParts;
  readonly #reachability = new Map<ConnectionId, Reachability>();
  readonly #asking = new Map<ConnectionId, NodeJS.Timeout>();
  #demo: Promise<DemoServer> | null = null;

  constructor(parts: EndpointsParts) {
    this.#parts = parts;
  }

  async list(): Promise<Connection[]> {
    const stored = await this.#parts.store.read.listConnections();
    return stored.map((connection) => this.#describe(connection));
  }

  keyStrength(): KeyStrength {
    return this.#parts.vault.strength();
  }

  /**
   * Checks an address and a key against the server, then saves both. Throws a `FailureError` that
   * tells a wrong address from a wrong key.
   */
  async create(input: ConnectionInput, signal?: AbortSignal): Promise<Connection> {
    const { store, vault, feed, dispatcher } = this.#parts;
    const base = normaliseBaseUrl(input.baseUrl);
    if (!base.ok) throw new FailureError({ code: 'invalid_input', reason: base.reason });
    if (input.key === '' && !KEYLESS.has(input.profile)) throw new FailureError({ code: 'no_key' });
    const endpoint = { baseUrl: base.url, key: input.key, ...PLAIN, dispatcher };
    const probe = await probeConnection(input.profile, endpoint, signal);
    if (!probe.ok) throw new FailureError(probe.failure);
    const at = Date.now();
    const { name, profile } = input;
    const id = await store.write.insertConnection({
      name,
      profile,
      baseUrl: base.url,
      isDemo: false,
      at,
    });
    try {
      if (input.key !== '') vault.save(id, input.key, input.allowWeak);
    } catch (error) {
      await store.write.removeConnection(id, at);
      throw error;
    }
    await store.write.saveModels(id, probe.value, at);
    this.#note(id, probe);
    feed.changed('connections');
    return this.#describe(await store.read.getConnection(id));
  }

  async setKey(
    id: ConnectionId,
    key: string,
    allowWeak: boolean,
    signal?: AbortSignal,
  ): Promise<Connection> {
    const { store, vault, feed, dispatcher } = this.#parts;
    const connection = await store.read.getConnection(id);
    if (key === '') throw new FailureError({ code: 'no_key' });
    const endpoint = { baseUrl: connection.baseUrl, key, ...PLAIN, dispatcher };
    const probe = await probeConnection(connection.profile, endpoint, signal);
    if (!probe.ok) throw new FailureError(probe.failure);
    vault.save(id, key, allowWeak);
    this.#note(id, probe);
    feed.changed('connections');
    return this.#describe(connection);
  }

  /** The connection to the built-in simulator, made on first use. */
  async openDemo(): Promise<Connection> {
    const { store, feed } = this.#parts;
    const known = (await store.read.listConnections()).find(({ isDemo }) => isDemo);
    const id =
      known?.id ??
      (await store.write.insertConnection({
        name: 'Demo',
        profile: 'apipie',
        baseUrl: DEMO_BASE_URL,
        isDemo: true,
        at: Date.now(),
      }));
    await this.check(id);
    feed.changed('connections');
    return this.#describe(await store.read.getConnection(id));
  }

  /** Asks the server whether it is there, and for its models. */
  async check(id: ConnectionId): Promise<Reachability> {
    const { store, feed } = this.#parts;
    const connection = await store.read.getConnection(id);
    const probe = await probeModels(await this.#endpoint(connection, ''));
    this.#note(id, probe);
    if (probe.ok) {
      await store.write.saveModels(id, probe.value, Date.now());
      feed.changed('connections');
    }
    return this.#reachability.get(id) ?? UNKNOWN;
  }

  /** Asks once whether the server of the connection in use is there: the last used, else the first. */
  async checkInUse(lastUsed: number | null): Promise<void> {
    const stored = await this.#parts.store.read.listConnections();
    const inUse = stored.find(({ id }) => id === lastUsed) ?? stored[0];
    if (inUse) await this.check(inUse.id);
  }

  /** Asks no server any more. */
  close(): void {
    for (const timer of this.#asking.values()) clearTimeout(timer);
    this.#asking.clear();
  }

  /** The models last listed by the server; asks it when there is no list yet. */
  async models(id: ConnectionId): Promise<Model[]> {
    const models = await this.#parts.store.read.listModels(id);
    if (models.length > 0 || this.#reachability.get(id)?.state === 'offline') return models;
    await this.check(id);
    return this.#parts.store.read.listModels(id);
  }

  /** What requests to a connection are made with. Throws a `FailureError` when its key is not there. */
  async endpointOf(connection: StoredConnection): Promise<Endpoint> {
    const { vault } = this.#parts;
    if (connection.isDemo) return this.#endpoint(connection, '');
    const key = vault.read(connection.id);
    if (key === null && !KEYLESS.has(connection.profile)) {
      const reason = vault.state(connection.id);
      throw new FailureError({ code: 'no_key', reason });
    }
    return this.#endpoint(connection, key ?? '');
  }

  /** Learns from the end of a run whether the server can be reached. */
  noteEnd(id: ConnectionId, { state, failure }: CompletionEnd): void {
    if (failure && UNREACHABLE.has(failure.code)) this.#set(id, 'offline', null);
    else if (state !== 'stopped' && !SAYS_NOTHING.has(failure?.code ?? '')) {
      this.#set(id, 'online', undefined);
    }
  }

  async #endpoint(connection: StoredConnection, key: string): Promise<Endpoint> {
    const { dispatcher } = this.#parts;
    if (!connection.isDemo) {
      const known = key === '' ? (this.#parts.vault.read(connection.id) ?? '') : key;
      return { baseUrl: connection.baseUrl, key: known, ...PLAIN, dispatcher };
    }
    this.#demo ??= this.#parts.startDemo();
    try {
      const { baseUrl, key: demoKey } = await this.#demo;
      return { baseUrl, key: demoKey, ...PLAIN, dispatcher };
    } catch (error) {
      this.#demo = null;
      throw error;
    }
  }

  #note(id: ConnectionId, probe: Probe<unknown>): void {
    if (probe.ok) this.#set(id, 'online', Math.round(probe.latencyMs));
    else if (UNREACHABLE.has(probe.failure.code) || probe.failure.code === 'timeout') {
      this.#set(id, 'offline', null);
    } else this.#set(id, 'online', undefined);
  }

  /** `since` moves only when the state changes; a latency of undefined keeps the last one. */
  #set(id: ConnectionId, state: Reachability['state'], latencyMs: number | null | undefined): void {
    const before = this.#reachability.get(id) ?? UNKNOWN;
    this.#reachability.set(id, {
      state,
      since: before.state === state ? before.since : Date.now(),
      latencyMs: latencyMs === undefined ? before.latencyMs : latencyMs,
    });
    this.#parts.feed.changed('connections');
    this.#askAgainWhileOffline(id, state);
  }

  #askAgainWhileOffline(id: ConnectionId, state: Reachability['state']): void {
    clearTimeout(this.#asking.get(id));
    this.#asking.delete(id);
    if (state !== 'offline') return;
    const again = () => void this.check(id).catch(() => undefined);
    this.#asking.set(id, setTimeout(again, ASK_AGAIN_MS));
  }

  #describe(connection: StoredConnection): Connection {
    return {
      ...connection,
      keyState: connection.isDemo ? 'encrypted' : this.#parts.vault.state(connection.id),
      reachability: this.#reachability.get(connection.id) ?? UNKNOWN,
    };
  }
}
