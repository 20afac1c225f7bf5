import { isDeepStrictEqual } from 'node:util';
import { normaliseBaseUrl, originOf } from '../../shared/base-url';
import type {
  Connection,
  ConnectionChange,
  ConnectionOptions,
  KeyStrength,
  NewConnection,
} from '../../shared/contract/connection';
import { DEFAULT_LIMITS, MAX_HEADERS, type ProxyChoice } from '../../shared/endpoint';
import { FailureError } from '../../shared/errors';
import type { ConnectionId } from '../../shared/ids';
import { needsKey, type Profile } from '../../shared/profile';
import {
  keepPassword,
  keptPassword,
  splitPassword,
  withPassword,
} from '../../shared/proxy-password';
import type { Endpoint } from '../provider/http';
import { probeConnection } from '../provider/probe';
import type { Store } from '../store/client';
import type { StoredConnection } from '../store/queries/connections';
import type { KeyVault } from './endpoints';
import type { Feed } from './feed';
import type { Servers } from './servers';

/** A connection that is to be, with its key opened. */
export type ConnectionInput = Omit<NewConnection, 'key' | 'proxyPassword'> & {
  readonly key: string;
};

/** What changes of a connection, with the values of headers opened. */
export type ConnectionChanges = Omit<ConnectionChange, 'setHeaders' | 'key' | 'proxyPassword'> & {
  readonly setHeaders?: readonly { readonly name: string; readonly value: string }[];
  readonly key?: string;
};

export interface ConnectionsParts {
  readonly store: Store;
  readonly feed: Feed;
  readonly vault: KeyVault;
  readonly servers: Servers;
}

/** What the Demo connection's row has for an address: the simulator's port is another each time. */
const DEMO_BASE_URL = 'demo:';

/** The servers one can talk to, as they are set up. */
export class Connections {
  readonly #parts: ConnectionsParts;
  constructor(parts: ConnectionsParts) {
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
    const { store, vault } = this.#parts;
    const { name, profile, key } = input;
    const baseUrl = addressOf(input.baseUrl);
    if (key === '' && needsKey(profile)) throw new FailureError({ code: 'no_key' });
    const options = optionsAfter(defaultOptions(profile), input.options ?? {});
    const { endpoint } = await this.#parts.servers.endpoints.routeBy({
      ...options,
      baseUrl,
      key,
      headers: {},
    });
    const probe = await probeConnection(profile, endpoint, signal);
    if (!probe.ok) throw new FailureError(probe.failure);
    const at = Date.now();
    const { proxy, password } = splitPassword(options.proxy);
    const id = await store.write.insertConnection({
      name,
      profile,
      baseUrl,
      isDemo: false,
      at,
      ...options,
      proxy,
    });
    const owner = { id, baseUrl };
    try {
      // A store that was begun anew counts from one again, and a connection that is made begins with
      // what is entered for it. What is kept for other servers stays, for the store it came from.
      vault.forgetAll(owner);
      if (key !== '') vault.save(owner, key, input.allowWeak);
      if (password !== null) {
        vault.saveHeaders(owner, keepPassword(proxy, password), input.allowWeak);
      }
    } catch (error) {
      await store.write.removeConnection(id, at);
      throw error;
    }
    await store.write.saveModels(id, probe.value, at);
    this.#parts.servers.reachability.noteProbe(id, probe);
    return this.#changed(id);
  }

  /**
   * Saves what changed. A new address or key is tried first, and a proxy or a file of certificates has
   * to be of use; otherwise nothing is saved and a `FailureError` says why. Another server's address
   * needs a key of its own.
   */
  async change(changes: ConnectionChanges, signal?: AbortSignal): Promise<Connection> {
    const { store, vault } = this.#parts;
    const { id, setHeaders, removeHeaders, baseUrl } = changes;
    const before = await store.read.getConnection(id);
    if (before.isDemo && baseUrl !== undefined) throw new FailureError({ code: 'conflict' });
    const options = optionsAfter(before, changes);
    const { proxy, password } = this.#proxyAfter(before, options);
    const there = baseUrl === undefined ? before.baseUrl : addressOf(baseUrl);
    const owner = { id, baseUrl: there };
    const moves = originOf(before.baseUrl) !== originOf(there);
    const key = changes.key ?? (before.isDemo ? null : vault.read(owner)) ?? '';
    if (moves && key === '' && vault.read(before) !== null) {
      // The old key is a secret between the user and the old server.
      throw new FailureError({ code: 'no_key', reason: 'new_address' });
    }
    const headers = this.#headersAfter({ ...before, ...owner }, changes);
    const after = {
      ...before,
      ...options,
      ...owner,
      proxy,
      name: changes.name ?? before.name,
      profile: changes.profile ?? before.profile,
      headerNames: Object.keys(headers),
    };
    if (!before.isDemo) {
      const { endpoint } = await this.#parts.servers.endpoints.routeBy({
        ...after,
        proxy: withPassword(proxy, password),
        key,
        headers,
      });
      if (after.baseUrl !== before.baseUrl || changes.key !== undefined) {
        await this.#mustAnswer(id, after.profile, endpoint, signal);
      }
      if (changes.key) vault.save(owner, changes.key, changes.allowWeak ?? false);
    }
    // What cannot be read now is not to be overwritten by a change that is none of its business.
    const headersChange = Boolean(setHeaders?.length || removeHeaders?.length);
    const proxyChanges = !isDeepStrictEqual(proxy, before.proxy);
    const passwordChanges = password !== keptPassword(proxy, vault.readHeaders(owner));
    if (headersChange || proxyChanges || passwordChanges) {
      const secrets = { ...headers, ...keepPassword(proxy, password) };
      vault.saveHeaders(owner, secrets, vault.state(owner) === 'weak');
    }
    await store.write.changeConnection(id, after);
    // What another server refused says nothing of this one.
    if (moves) await store.write.clearLearned(id);
    return this.#changed(id);
  }

  async remove(id: ConnectionId): Promise<void> {
    await this.#parts.store.write.removeConnection(id, Date.now());
    this.#parts.servers.reachability.forget(id);
    this.#parts.feed.changed('connections');
  }

  /** Lets go of what is known of a connection that is gone. */
  forget(id: ConnectionId): void {
    this.#parts.servers.reachability.forget(id);
  }

  /**
   * Takes away the secrets of connections that were removed: for before this start of the app, since a
   * removal can be undone until the app ends.
   */
  async forgetRemoved(): Promise<void> {
    const { store, vault } = this.#parts;
    for (const owner of await store.read.removedConnections()) vault.forgetAll(owner);
  }

  async restore(id: ConnectionId): Promise<void> {
    await this.#parts.store.write.restoreConnection(id);
    this.#parts.feed.changed('connections');
  }

  /** Replaces a key once the server takes it. */
  async setKey(
    id: ConnectionId,
    key: string,
    allowWeak: boolean,
    signal?: AbortSignal,
  ): Promise<Connection> {
    const { store, vault } = this.#parts;
    const connection = await store.read.getConnection(id);
    if (key === '') throw new FailureError({ code: 'no_key' });
    const headers = this.#parts.servers.endpoints.headersOf(connection);
    const { endpoint } = await this.#parts.servers.endpoints.routeBy({
      ...connection,
      proxy: this.#parts.servers.endpoints.proxyOf(connection),
      key,
      headers,
    });
    const probe = await probeConnection(connection.profile, endpoint, signal);
    if (!probe.ok) throw new FailureError(probe.failure);
    vault.save(connection, key, allowWeak);
    this.#parts.servers.reachability.noteProbe(id, probe);
    return this.#changed(id);
  }

  /** Where there is none for its server, the keys that it has for others. */
  async forgetKey(id: ConnectionId): Promise<Connection> {
    const { store, vault } = this.#parts;
    vault.forget(await store.read.getConnection(id));
    return this.#changed(id);
  }

  async forgetLearned(id: ConnectionId): Promise<Connection> {
    await this.#parts.store.write.clearLearned(id);
    return this.#changed(id);
  }

  /** The connection to the built-in simulator, made on first use. */
  async openDemo(): Promise<Connection> {
    const { store } = this.#parts;
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
    await this.#parts.servers.check(id);
    return this.#changed(id);
  }

  async #mustAnswer(
    id: ConnectionId,
    profile: Profile,
    endpoint: Endpoint,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const probe = await probeConnection(profile, endpoint, signal);
    if (!probe.ok) throw new FailureError(probe.failure);
    await this.#parts.store.write.saveModels(id, probe.value, Date.now());
    this.#parts.servers.reachability.noteProbe(id, probe);
  }

  /**
   * All extra headers as they will be, at the address as it will be. Those that stay have to be readable,
   * and to have been entered for that server.
   */
  #headersAfter(
    before: StoredConnection,
    { setHeaders = [], removeHeaders = [] }: ConnectionChanges,
  ): Readonly<Record<string, string>> {
    const stays = before.headerNames.filter(
      (name) =>
        !removeHeaders.includes(name) && !setHeaders.some((header) => sameName(header.name, name)),
    );
    const kept = this.#parts.servers.endpoints.headersOf({ ...before, headerNames: stays });
    const headers = {
      ...kept,
      ...Object.fromEntries(setHeaders.map(({ name, value }) => [name, value])),
    };
    if (Object.keys(headers).length > MAX_HEADERS) {
      throw new FailureError({ code: 'invalid_input', reason: 'too_many_headers' });
    }
    return headers;
  }

  /** The proxy as it will be, and its password: a new one, or the one that is kept for it. */
  #proxyAfter(
    before: StoredConnection,
    options: ConnectionOptions,
  ): { readonly proxy: ProxyChoice; readonly password: string | undefined } {
    const { proxy, password } = splitPassword(options.proxy);
    if (password !== null) return { proxy, password };
    return { proxy, password: keptPassword(proxy, this.#parts.vault.readHeaders(before)) };
  }

  async #changed(id: ConnectionId): Promise<Connection> {
    const { store, feed } = this.#parts;
    feed.changed('connections');
    return this.#describe(await store.read.getConnection(id));
  }

  #describe({ modelsAt: _, ...connection }: StoredConnection): Connection {
    const { vault } = this.#parts;
    return {
      ...connection,
      headerNames: [...connection.headerNames],
      learned: [...connection.learned],
      keyState: connection.isDemo ? 'encrypted' : vault.state(connection),
      otherKeys: connection.isDemo ? [] : [...vault.otherServers(connection)],
      reachability: this.#parts.servers.reachability.get(connection.id),
    };
  }
}

/** Header names do not differ by capitals. */
function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** An address in its one form. Throws a `FailureError` that says what is wrong with it. */
function addressOf(text: string): string {
  const base = normaliseBaseUrl(text);
  if (!base.ok) throw new FailureError({ code: 'invalid_input', reason: base.reason });
  return base.url;
}

/** Options that may each be given or not; a file of certificates may be given as null. */
type OptionChanges = {
  readonly [Key in keyof ConnectionOptions]?: ConnectionOptions[Key] | undefined;
};

function optionsAfter(before: ConnectionOptions, changes: OptionChanges): ConnectionOptions {
  return {
    auth: changes.auth ?? before.auth,
    limits: changes.limits ?? before.limits,
    proxy: changes.proxy ?? before.proxy,
    caFile: changes.caFile === undefined ? before.caFile : changes.caFile,
    roles: changes.roles ?? before.roles,
  };
}

function defaultOptions(profile: Profile): ConnectionOptions {
  return {
    auth: profile === 'azure' ? 'api-key' : 'bearer',
    limits: DEFAULT_LIMITS,
    proxy: { mode: 'system' },
    caFile: null,
    roles: 'any',
  };
}
