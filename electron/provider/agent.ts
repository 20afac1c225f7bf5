import { Agent as PlainAgent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import type { ProxyServer } from './proxy';
import { openTunnel } from './tunnel';

type Connect = (to: URL, done: (error: Error | null, socket: Socket | null) => void) => void;

/**
 * Node's own agent over the sockets of the request core, for code that is not ours and speaks through
 * Node: the same proxies, the same trust. Each request has a connection of its own, so that none stays
 * open between them. After `close` there are none any more.
 */
export interface OwnAgent {
  readonly agent: PlainAgent;
  close(): void;
}

/** An agent for requests to one server. Also without TLS a proxy is asked for a tunnel. */
export function ownAgent(
  target: URL,
  proxy: ProxyServer | null,
  connect: buildConnector.connector,
  connectMs: number,
): OwnAgent {
  const open = new Set<Socket>();
  let closed = false;
  const way: Connect = (to, done) => {
    const host = to.hostname.replace(/^\[|\]$/g, '');
    const secure = to.protocol === 'https:';
    const port = to.port || (secure ? '443' : '80');
    const options = { protocol: to.protocol, host, hostname: host, port };
    const took: buildConnector.Callback = (...[error, socket]) => done(error, socket);
    if (proxy === null) {
      connect(options, took);
      return;
    }
    openTunnel(proxy, host, Number(port), connect, connectMs).then(
      (socket) => {
        if (secure) connect({ ...options, httpSocket: socket }, took);
        else done(null, socket);
      },
      (error: Error) => done(error, null),
    );
  };
  const agent =
    target.protocol === 'https:'
      ? new SecureAgent({ keepAlive: false })
      : new PlainAgent({ keepAlive: false });
  Object.assign(agent, {
    createConnection: (
      _options: unknown,
      done: (error: Error | null, socket?: Socket | null) => void,
    ): void => {
      way(target, (error, socket) => {
        if (closed) socket?.destroy();
        if (closed || !socket) {
          done(error ?? Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
          return;
        }
        open.add(socket);
        socket.once('close', () => open.delete(socket));
        done(null, socket);
      });
    },
  });
  return {
    agent,
    close: () => {
      closed = true;
      for (const socket of open) socket.destroy();
      agent.destroy();
    },
  };
}
