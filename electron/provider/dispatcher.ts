import type { Socket } from 'node:net';
import tls from 'node:tls';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import type { ConnectionReport } from '../../shared/contract/connection';
import type { ProxyChoice } from '../../shared/endpoint';
import { type CaFile, openCaFile } from './ca-file';
import { CONNECT_MS } from './http';
import { decideProxy, type ProxyServer, proxyOfSystem, proxyText } from './proxy';
import { connectToProxy, openTunnel, proxyAuthorization, proxyWantsCredentials } from './tunnel';

/** Headers of a whole answer; a real one has less than a tenth of it. */
const MAX_HEADER_BYTES = 64 * 1024;

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

/** Who vouches for a server. */
type Certificate = NonNullable<ConnectionReport['certificate']>;

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
  ): Promise<{ readonly dispatcher: Dispatcher; readonly proxy: string | null }> {
    const target = new URL(baseUrl);
    const proxy = await this.#proxyFor(target, way.proxy);
    const caFile = way.caFile === null ? null : await openCaFile(way.caFile);
    const forwards = proxy !== null && target.protocol === 'http:' && proxy.protocol !== 'socks5:';
    const key = JSON.stringify([proxy, forwards, caFile?.version]);
    const known = this.#byWay.get(key);
    const dispatcher = known ?? (await this.#make(key, proxy, forwards, caFile));
    return { dispatcher, proxy: proxy && proxyText(proxy) };
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

const certificates = new WeakMap<Dispatcher, Map<string, Certificate>>();

/** The certificate that a server last showed, and that was found good; null without TLS. */
export function certificateOf(dispatcher: Dispatcher, baseUrl: string): Certificate | null {
  const { hostname, port } = new URL(baseUrl);
  return certificates.get(dispatcher)?.get(hostKey(hostname, port)) ?? null;
}

/** The sockets of the direct way, by default with the trust and the patience of the app. */
export function makeDispatcher(connect = connector([], CONNECT_MS)): Dispatcher {
  return agent(connect);
}

/**
 * Through a tunnel. With TLS the proxy sees the name of the host and nothing else, so neither the key
 * nor a word of the conversation.
 */
function tunnelling(
  proxy: ProxyServer,
  connect: buildConnector.connector,
  connectMs: number,
): Dispatcher {
  return agent((options, done) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    const port = Number(options.port || (options.protocol === 'https:' ? 443 : 80));
    openTunnel(proxy, host, port, connect, connectMs).then(
      (socket) => {
        if (options.protocol === 'https:') connect({ ...options, httpSocket: socket }, done);
        else done(null, socket);
      },
      (error: Error) => done(error, null),
    );
  });
}

/**
 * For a server without TLS the proxy is asked for the whole address, as HTTP has it: the proxy, like
 * everything else on the way, can read such a request and the key in it. Unlike a tunnel it is what
 * every proxy allows.
 */
function forwarding(proxy: ProxyServer, connect: buildConnector.connector): Dispatcher {
  const origin = `${proxy.protocol}//${proxyText(proxy)}`;
  const authorization = proxyAuthorization(proxy);
  const toProxy = agent((_, done) => {
    connectToProxy(proxy, connect).then(
      (socket) => done(null, socket),
      (error: Error) => done(error, null),
    );
  });
  return toProxy.compose((dispatch) => (options, handler) => {
    const target = new URL(String(options.origin));
    const { headers } = options;
    if (headers && Symbol.iterator in headers) throw new TypeError('headers must be an object');
    return dispatch(
      {
        ...options,
        origin,
        path: target.origin + options.path,
        headers: { ...headers, host: target.host, ...authorization },
      },
      tellingProxyRefusal(handler),
    );
  });
}

/** The proxy's own 407 is no answer of the server. */
function tellingProxyRefusal(handler: Dispatcher.DispatchHandler): Dispatcher.DispatchHandler {
  return {
    onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
    onResponseStart: (controller, status, headers, message) => {
      if (status === 407) controller.abort(proxyWantsCredentials(`407 ${message ?? ''}`.trim()));
      else handler.onResponseStart?.(controller, status, headers, message);
    },
    onResponseData: (controller, bytes) => handler.onResponseData?.(controller, bytes),
    onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
    onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
  };
}

/** How long an answer may take differs from request to request and is watched there. */
function agent(connect: buildConnector.connector): Dispatcher {
  const seen = new Map<string, Certificate>();
  const made = new Agent({
    connect: (options, done) =>
      connect(options, (error, socket) => {
        if (error) return done(error, null);
        const certificate = readCertificate(socket);
        if (certificate) seen.set(hostKey(options.hostname, options.port), certificate);
        done(null, socket);
      }),
    keepAliveTimeout: 30_000,
    maxHeaderSize: MAX_HEADER_BYTES,
    pipelining: 1,
    connections: 64,
  });
  certificates.set(made, seen);
  return made;
}

function hostKey(hostname: string, port: string): string {
  return `${hostname}:${port || '443'}`;
}

function readCertificate(socket: Socket): Certificate | null {
  if (!(socket instanceof tls.TLSSocket)) return null;
  const { issuer, valid_to } = socket.getPeerCertificate();
  const validUntil = Date.parse(valid_to ?? '');
  if (!issuer || Number.isNaN(validUntil)) return null;
  const name = [issuer.O, issuer.CN].flat().find((part) => part !== undefined && part !== '');
  return { issuer: String(name ?? '').slice(0, 200), validUntil };
}

/** Connects to one host, with TLS where the protocol says so, over a socket that is there or a new one. */
function connector(trusted: readonly string[], timeout: number): buildConnector.connector {
  const plain = buildConnector({ timeout });
  let secure: buildConnector.connector | undefined;
  return (options, done) => {
    if (options.protocol !== 'https:') return plain(options, done);
    // The roots of the system are read when they are first needed: it takes a moment.
    secure ??= buildConnector({
      timeout,
      rejectUnauthorized: true,
      ...trustOf(trusted),
    });
    secure(options, done);
  };
}

/** Node's own roots, the system's where this Node can tell them, and the user's. */
function trustOf(trusted: readonly string[]): { secureContext?: tls.SecureContext } {
  const roots = rootsOfSystem();
  if (roots === null && trusted.length === 0) return {};
  const all = new Set([...tls.rootCertificates, ...(roots ?? []), ...trusted]);
  return { secureContext: tls.createSecureContext({ ca: [...all] }) };
}

/** Null where this Node cannot tell (before 22.15), or the system keeps them in a way it cannot read. */
function rootsOfSystem(): readonly string[] | null {
  if (!('getCACertificates' in tls)) return null;
  try {
    return [...tls.getCACertificates('default'), ...tls.getCACertificates('system')];
  } catch {
    return null;
  }
}
