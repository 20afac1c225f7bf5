import { type IncomingMessage, request } from 'node:http';
import { isIP, type Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { FailureError } from '../../shared/errors';
import type { ProxyServer } from './proxy';
import { askSocks } from './socks';

/**
 * A connection to a proxy itself. What goes wrong is the proxy's failure and not the server's: throws a
 * `FailureError` with `network`: `proxy_refused` when it cannot be reached, else `proxy_failed`.
 */
export function connectToProxy(
  { protocol, host, port }: ProxyServer,
  connect: buildConnector.connector,
): Promise<Socket> {
  const secure = protocol === 'https:';
  const to = { protocol: secure ? 'https:' : 'http:', host, hostname: host, port: String(port) };
  // An address is no name that a certificate could be asked for by.
  const servername = secure && isIP(host) === 0 ? { servername: host } : {};
  return new Promise((resolve, reject) => {
    connect({ ...to, ...servername }, (error, socket) => {
      if (socket) resolve(socket);
      else reject(proxyFailure(error, true));
    });
  });
}

/**
 * A connection through a proxy to `host`, an address or a name, that only carries bytes: whoever speaks
 * TLS over it hides everything but the name of the host from the proxy. A proxy gets `ms` milliseconds
 * for its part.
 *
 * Throws a `FailureError` with `network`: `proxy_refused` when the proxy cannot be reached, `proxy_auth`
 * when it wants other credentials, `proxy_failed` when it does not make the connection.
 */
export async function openTunnel(
  proxy: ProxyServer,
  host: string,
  port: number,
  connect: buildConnector.connector,
  ms: number,
): Promise<Socket> {
  const socket = await connectToProxy(proxy, connect);
  const overdue = setTimeout(() => socket.destroy(new Error('timeout')), ms);
  // Between two steps nobody else listens, and an error without a listener would end the app.
  const noted = () => undefined;
  socket.on('error', noted);
  try {
    if (proxy.protocol === 'socks5:') await askSocks(socket, proxy, host, port);
    else await askHttp(socket, proxy, `${isIP(host) === 6 ? `[${host}]` : host}:${port}`);
    return socket;
  } catch (error) {
    socket.destroy();
    throw proxyFailure(error);
  } finally {
    clearTimeout(overdue);
    setImmediate(() => socket.off('error', noted));
  }
}

/** `Proxy-Authorization` for a proxy with credentials in its address. */
export function proxyAuthorization({ credentials }: ProxyServer): Record<string, string> {
  if (!credentials) return {};
  const { user, password } = credentials;
  const token = Buffer.from(`${user}:${password}`).toString('base64');
  return { 'proxy-authorization': `Basic ${token}` };
}

/** What a proxy says when it wants to know who is asking. */
export function proxyWantsCredentials(detail: string): FailureError {
  return new FailureError({ code: 'network', reason: 'proxy_auth', detail });
}

async function askHttp(socket: Socket, proxy: ProxyServer, authority: string): Promise<void> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request({
      createConnection: () => socket,
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...proxyAuthorization(proxy) },
    })
      .on('connect', resolve)
      .on('error', reject)
      .end();
  });
  const { statusCode = 0, statusMessage = '' } = answer;
  if (statusCode >= 200 && statusCode < 300) return;
  const detail = `${statusCode} ${statusMessage}`.trim().slice(0, 100);
  if (statusCode === 407) throw proxyWantsCredentials(detail);
  throw new FailureError({ code: 'network', reason: 'proxy_failed', detail });
}

/** The system's and undici's codes for a proxy that is not there. */
const NOT_THERE = /^(E[A-Z]+|EAI_[A-Z]+|UND_ERR_CONNECT_TIMEOUT)$/;

function proxyFailure(cause: unknown, connecting = false): FailureError {
  if (cause instanceof FailureError) return cause;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const detail = String(code ?? cause).slice(0, 100);
  const reason = connecting && NOT_THERE.test(detail) ? 'proxy_refused' : 'proxy_failed';
  return new FailureError({ code: 'network', reason, detail }, { cause });
}
