import type { ConnectionOptions, KeyState, KeyStrength } from '../../shared/contract/connection';
import { FailureError } from '../../shared/errors';
import type { ConnectionId } from '../../shared/ids';
import { needsKey } from '../../shared/profile';
import { PROXY_PASSWORD, withPassword } from '../../shared/proxy-password';
import type { Dispatchers } from '../provider/dispatcher';
import type { Endpoint } from '../provider/http';
import type { StoredConnection } from '../store/queries/connections';

/** Where keys, the values of extra headers and a proxy's password are kept. Only main has one. */
export interface KeyVault {
  strength(): KeyStrength;
  state(id: ConnectionId): KeyState;
  /** The key, or null when there is none or it cannot be read now. */
  read(id: ConnectionId): string | null;
  /**
   * Keeps the key as safely as this computer can; weakly only when the user agreed to it. The extra
   * headers go where the key goes.
   */
  save(id: ConnectionId, key: string, allowWeak: boolean): void;
  /** Takes the key away, so that nothing of it is left. */
  forget(id: ConnectionId): void;
  /** Takes away the key, the extra headers and the password of the proxy. */
  forgetAll(id: ConnectionId): void;
  /** Extra headers by name; null when they cannot be read now. */
  readHeaders(id: ConnectionId): Readonly<Record<string, string>> | null;
  saveHeaders(
    id: ConnectionId,
    headers: Readonly<Record<string, string>>,
    allowWeak: boolean,
  ): void;
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
    const { id, profile, isDemo } = connection;
    if (!isDemo && needsKey(profile) && vault.read(id) === null) {
      throw new FailureError({ code: 'no_key', reason: vault.state(id) });
    }
    return this.openRouteOf(connection);
  }

  /** The same where a missing key is no hindrance: many servers list their models to anybody. */
  async openRouteOf(connection: StoredConnection): Promise<Route> {
    if (connection.isDemo) {
      const { baseUrl, key } = await this.#demoServer();
      return this.routeBy({ ...connection, baseUrl, key, headers: {} });
    }
    const key = this.#parts.vault.read(connection.id) ?? '';
    const kept = this.#parts.vault.readHeaders(connection.id)?.[PROXY_PASSWORD];
    const proxy = withPassword(connection.proxy, kept);
    return this.routeBy({ ...connection, key, proxy, headers: this.headersOf(connection) });
  }

  async routeBy({ baseUrl, key, headers, auth, limits, proxy, caFile }: Way): Promise<Route> {
    const way = await this.#parts.dispatchers.forServer(baseUrl, { proxy, caFile });
    const { dispatcher, proxySecrets } = way;
    return {
      endpoint: { baseUrl, key, auth, headers, limits, dispatcher, proxySecrets },
      proxy: way.proxy,
    };
  }

  /** The extra headers of a connection. Throws a `FailureError` when a value cannot be had now. */
  headersOf({ id, headerNames }: StoredConnection): Readonly<Record<string, string>> {
    if (headerNames.length === 0) return {};
    const known = this.#parts.vault.readHeaders(id) ?? {};
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
