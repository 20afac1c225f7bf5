import type { ConnectionOptions, KeyState, KeyStrength } from '../../shared/contract/connection';
import type { ProxyChoice } from '../../shared/endpoint';
import { FailureError } from '../../shared/errors';
import { needsKey } from '../../shared/profile';
import { keptPassword, withPassword } from '../../shared/proxy-password';
import type { Dispatchers } from '../provider/dispatcher';
import type { Endpoint } from '../provider/http';
import type { StoredConnection } from '../store/queries/connections';

/** A connection and the server that its secrets are to go to. */
export type KeyOwner = Pick<StoredConnection, 'id' | 'baseUrl'>;

/**
 * Where keys, the values of extra headers and a proxy's password are kept. Only main has one. Each is kept
 * for the server that it was entered for, which is the origin of the base URL, and given for no other
 * (decision 0027).
 */
export interface KeyVault {
  strength(): KeyStrength;
  state(owner: KeyOwner): KeyState;
  /** The origins of the other servers that a key of the connection is kept for. */
  otherServers(owner: KeyOwner): readonly string[];
  /** The key, or null when there is none for this server or it cannot be read now. */
  read(owner: KeyOwner): string | null;
  /**
   * Keeps the key as safely as this computer can; weakly only when the user agreed to it. The extra
   * headers go where the key goes. One for another server stays.
   */
  save(owner: KeyOwner, key: string, allowWeak: boolean): void;
  /**
   * Takes the key away, so that nothing of it is left; where there is none for this server, those of
   * `otherServers`.
   */
  forget(owner: KeyOwner): void;
  /** Takes away what is kept for this server: the key, the extra headers and the proxy's password. */
  forgetAll(owner: KeyOwner): void;
  /** Extra headers by name; null when there are none for this server or they cannot be read now. */
  readHeaders(owner: KeyOwner): Readonly<Record<string, string>> | null;
  saveHeaders(owner: KeyOwner, headers: Readonly<Record<string, string>>, allowWeak: boolean): void;
  /**
   * Binds what was kept before secrets had a server to that of its connection, and of the collector. To
   * be called at the start, before anything is asked for.
   */
  bindOld(owners: readonly KeyOwner[], collector: string): void;
}

/** The running simulator behind the Demo connection. */
export interface DemoServer {
  readonly baseUrl: string;
  readonly key: string;
}

export interface EndpointsParts {
  readonly vault: KeyVault;
  readonly dispatchers: Pick<Dispatchers, 'forServer'>;
  readonly startDemo: () => Promise<DemoServer>;
}

/** A way to a server that is not, or not yet, a stored connection's. */
export interface Way extends ConnectionOptions {
  readonly baseUrl: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
}

type HeaderOwner = KeyOwner & Pick<StoredConnection, 'headerNames'>;

/** An endpoint, and the proxy in front of it as host and port. */
export interface Route {
  readonly endpoint: Endpoint;
  readonly proxy: string | null;
}

/** Turns connections into what a request is made with. */
export class Endpoints {
  readonly #parts: EndpointsParts;
  #demo: Promise<DemoServer> | null = null;

  constructor(parts: EndpointsParts) {
    this.#parts = parts;
  }

  /**
   * The way to a connection's server. Throws a `FailureError` when its key or a header is not there, or
   * when its proxy or its file of certificates is of no use.
   */
  async routeOf(connection: StoredConnection): Promise<Route> {
    const { vault } = this.#parts;
    const { profile, isDemo } = connection;
    if (!isDemo && needsKey(profile) && vault.read(connection) === null) {
      const state = vault.state(connection);
      const moved = state === 'missing' && vault.otherServers(connection).length > 0;
      throw new FailureError({ code: 'no_key', reason: moved ? 'new_address' : state });
    }
    return this.openRouteOf(connection);
  }

  /** The same where a missing key is no hindrance: many servers list their models to anybody. */
  async openRouteOf(connection: StoredConnection): Promise<Route> {
    if (connection.isDemo) {
      const { baseUrl, key } = await this.#demoServer();
      return this.routeBy({ ...connection, baseUrl, key, headers: {} });
    }
    const key = this.#parts.vault.read(connection) ?? '';
    const proxy = this.proxyOf(connection);
    return this.routeBy({ ...connection, key, proxy, headers: this.headersOf(connection) });
  }

  /** The proxy of a connection with the password that is kept for it. */
  proxyOf(connection: StoredConnection): ProxyChoice {
    const kept = this.#parts.vault.readHeaders(connection);
    return withPassword(connection.proxy, keptPassword(connection.proxy, kept));
  }

  async routeBy({ baseUrl, key, headers, auth, limits, proxy, caFile }: Way): Promise<Route> {
    const way = await this.#parts.dispatchers.forServer(baseUrl, { proxy, caFile });
    const { dispatcher, proxySecrets } = way;
    return {
      endpoint: { baseUrl, key, auth, headers, limits, dispatcher, proxySecrets },
      proxy: way.proxy,
    };
  }

  /**
   * The extra headers of a connection. Throws a `FailureError` when a value cannot be had now, or was
   * entered for another server.
   */
  headersOf({ headerNames, ...owner }: HeaderOwner): Readonly<Record<string, string>> {
    if (headerNames.length === 0) return {};
    const known = this.#parts.vault.readHeaders(owner) ?? {};
    return Object.fromEntries(
      headerNames.map((name) => {
        const value = known[name];
        if (value === undefined) {
          throw new FailureError({ code: 'no_key', reason: 'header_missing', detail: name });
        }
        return [name, value];
      }),
    );
  }

  /** The simulator, started on first use. One that could not start is tried again the next time. */
  async #demoServer(): Promise<DemoServer> {
    this.#demo ??= this.#parts.startDemo();
    try {
      return await this.#demo;
    } catch (error) {
      this.#demo = null;
      throw error;
    }
  }
}
