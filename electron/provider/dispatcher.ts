import type { Dispatcher } from 'undici';
import type { ProxyChoice } from '../../shared/endpoint';
import type { OwnAgent } from './agent';
import { type CaFile, openCaFile } from './ca-file';
import { CONNECT_MS } from './http';
import { decideProxy, type ProxyServer, proxyOfSystem, proxyText, secretsOfProxy } from './proxy';

/** How long the system may look for a proxy, in milliseconds; without an answer there is none. */
const SYSTEM_PROXY_MS = 5_000;

/** How a connection is reached. */
export interface Way {
  readonly proxy: ProxyChoice;
  /** A file of certificates in PEM that are trusted beside the system's. */
  readonly caFile: string | null;
}

export interface DispatchersParts {
  /** What Electron's `resolveProxy` says of an address, such as "PROXY a:8080; DIRECT". */
  readonly systemProxy: (url: string) => Promise<string>;
  readonly env: NodeJS.ProcessEnv;
  /** How long one connection may take to be made, in milliseconds. */
  readonly connectMs?: number;
}

/**
 * The sockets to all servers, kept apart by the way that leads to them. Redirects are never followed:
 * the key would go along with them. A certificate that cannot be checked is never accepted.
 */
export class Dispatchers {
  readonly #parts: Required<DispatchersParts>;
  readonly #byWay = new Map<string, Dispatcher>();

  constructor(parts: DispatchersParts) {
    this.#parts = { connectMs: CONNECT_MS, ...parts };
  }

  /**
   * What requests to a server are sent with, and the proxy they go through, as host and port.
   *
   * Throws a `FailureError` with `invalid_input`: `proxy_unsupported`, `ca_unreadable`,
   * `ca_not_pem`.
   */
  async forServer(
    baseUrl: string,
    way: Way,
  ): Promise<{
    readonly dispatcher: Dispatcher;
    readonly proxy: string | null;
    readonly proxySecrets: readonly string[];
  }> {
    const target = new URL(baseUrl);
    const proxy = await this.#proxyFor(target, way.proxy);
    const caFile = way.caFile === null ? null : await openCaFile(way.caFile);
    const forwards = proxy !== null && target.protocol === 'http:' && proxy.protocol !== 'socks5:';
    const key = JSON.stringify([proxy, forwards, caFile?.version]);
    const known = this.#byWay.get(key);
    const dispatcher = known ?? (await this.#make(key, proxy, forwards, caFile));
    return {
      dispatcher,
      proxy: proxy && proxyText(proxy),
      proxySecrets: proxy === null ? [] : secretsOfProxy(proxy),
    };
  }

  /**
   * Node's own agent for one server, for libraries that speak through Node: by the system's proxy and
   * trust. It is its maker's to close. Throws a `FailureError` with `invalid_input`: `proxy_unsupported`.
   */
  async agentFor(url: string): Promise<OwnAgent> {
    const target = new URL(url);
    const proxy = await this.#proxyFor(target, { mode: 'system' });
    const [{ ownAgent }, { connector }] = await Promise.all([
      import('./agent'),
      import('./sockets'),
    ]);
    const { connectMs } = this.#parts;
    return ownAgent(target, proxy, connector([], connectMs), connectMs);
  }

  /** Closes all sockets, also those in use. */
  async close(): Promise<void> {
    const dispatchers = [...this.#byWay.values()];
    this.#byWay.clear();
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.destroy()));
  }

  async #proxyFor(target: URL, choice: ProxyChoice): Promise<ProxyServer | null> {
    const decision = decideProxy(target, choice, this.#parts.env);
    if (decision === 'direct') return null;
    if (decision !== 'ask_system') return decision;
    return proxyOfSystem(await this.#askSystem(target.href));
  }

  async #askSystem(url: string): Promise<string> {
    let timer: NodeJS.Timeout | undefined;
    const overdue = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve('DIRECT'), SYSTEM_PROXY_MS);
    });
    const asked = this.#parts.systemProxy(url).catch(() => 'DIRECT');
    return Promise.race([asked, overdue]).finally(() => clearTimeout(timer));
  }

  async #make(
    key: string,
    proxy: ProxyServer | null,
    forwards: boolean,
    caFile: CaFile | null,
  ): Promise<Dispatcher> {
    const trusted = caFile === null ? [] : await caFile.certificates();
    // It is most of what the engine is made of, and nothing at a start needs it.
    const { connector, forwarding, makeDispatcher, tunnelling } = await import('./sockets');
    // Another request may have made it in the meantime.
    const known = this.#byWay.get(key);
    if (known) return known;
    const { connectMs } = this.#parts;
    const connect = connector(trusted, connectMs);
    const dispatcher =
      proxy === null
        ? makeDispatcher(connect)
        : forwards
          ? forwarding(proxy, connect)
          : tunnelling(proxy, connect, connectMs);
    this.#byWay.set(key, dispatcher);
    return dispatcher;
  }
}
