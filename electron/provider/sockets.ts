import tls from 'node:tls';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import { rememberCertificates } from './certificates';
import { CONNECT_MS } from './http';
import { type ProxyServer, proxyText } from './proxy';
import { connectToProxy, openTunnel, proxyAuthorization, proxyWantsCredentials } from './tunnel';

/** Headers of a whole answer; a real one has less than a tenth of it. */
const MAX_HEADER_BYTES = 64 * 1024;

/** The sockets of the direct way, by default with the trust and the patience of the app. */
export function makeDispatcher(connect = connector([], CONNECT_MS)): Dispatcher {
  return agent(connect);
}

/**
 * Through a tunnel. With TLS the proxy sees the name of the host and nothing else, so neither the key
 * nor a word of the conversation.
 */
export function tunnelling(
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
export function forwarding(proxy: ProxyServer, connect: buildConnector.connector): Dispatcher {
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
  const made = new Agent({
    connect: (options, done) =>
      connect(options, (error, socket) => {
        if (error) return done(error, null);
        remember(socket, options.hostname, options.port);
        done(null, socket);
      }),
    keepAliveTimeout: 30_000,
    maxHeaderSize: MAX_HEADER_BYTES,
    pipelining: 1,
    connections: 64,
  });
  const remember = rememberCertificates(made);
  return made;
}

/** Connects to one host, with TLS where the protocol says so, over a socket that is there or a new one. */
export function connector(trusted: readonly string[], timeout: number): buildConnector.connector {
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
