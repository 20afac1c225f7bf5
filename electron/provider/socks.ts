import { once } from 'node:events';
import { isIP, type Socket } from 'node:net';
import { FailureError } from '../../shared/errors';
import type { ProxyServer } from './proxy';

const VERSION = 5;
const NO_AUTHENTICATION = 0;
const USER_AND_PASSWORD = 2;
const CONNECT = 1;

/** Kinds of addresses, with the number of bytes that follow; a name has its length in front. */
const ADDRESS_LENGTHS: ReadonlyMap<number, number> = new Map([
  [1, 4],
  [4, 16],
]);
const NAME = 3;

/**
 * Asks a SOCKS 5 proxy at the other end of `socket` for a connection (RFC 1928, and RFC 1929 for
 * credentials). The proxy looks the name up. From then on the socket leads to the target.
 *
 * Throws a `FailureError` with `network`: `proxy_auth`, `proxy_failed`.
 */
export async function askSocks(
  socket: Socket,
  { credentials }: ProxyServer,
  host: string,
  port: number,
): Promise<void> {
  const methods = credentials ? [NO_AUTHENTICATION, USER_AND_PASSWORD] : [NO_AUTHENTICATION];
  socket.write(Buffer.from([VERSION, methods.length, ...methods]));
  const [version, method] = await take(socket, 2);
  if (version !== VERSION) throw failed('not SOCKS 5');
  if (method === USER_AND_PASSWORD && credentials) {
    const { user, password } = credentials;
    socket.write(Buffer.concat([Buffer.from([1]), counted(user), counted(password)]));
    const [, status] = await take(socket, 2);
    if (status !== 0) throw saysNo('proxy_auth', 'SOCKS');
  } else if (method !== NO_AUTHENTICATION) {
    throw saysNo('proxy_auth', 'SOCKS');
  }
  socket.write(
    Buffer.concat([
      Buffer.from([VERSION, CONNECT, 0]),
      addressOf(host),
      Buffer.from([port >> 8, port & 0xff]),
    ]),
  );
  const [, reply, , kind] = await take(socket, 4);
  if (reply !== 0) throw failed(`SOCKS reply ${reply}`);
  const length = kind === NAME ? (await take(socket, 1))[0] : ADDRESS_LENGTHS.get(kind ?? 0);
  if (length === undefined) throw failed('not SOCKS 5');
  await take(socket, length + 2);
}

function addressOf(host: string): Buffer {
  if (isIP(host) === 4) return Buffer.from([1, ...host.split('.').map(Number)]);
  // One with the name of an interface behind it is no address to anybody else.
  if (isIP(host) === 6 && !host.includes('%')) return Buffer.from([4, ...bytesOf(host)]);
  return Buffer.concat([Buffer.from([NAME]), counted(host)]);
}

/** The 16 bytes of an IPv6 address, however it is written. */
function bytesOf(host: string): number[] {
  const { hostname } = new URL(`http://[${host}]`);
  const [before = [], after = []] = hostname
    .slice(1, -1)
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  const groups = [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16));
  return groups.flatMap((group) => [group >> 8, group & 0xff]);
}

function counted(text: string): Buffer {
  const bytes = Buffer.from(text);
  if (bytes.length > 255) throw failed('too long for SOCKS');
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

/**
 * The next bytes, and not one more: what follows belongs to whoever uses the socket then. They may come in
 * pieces. Each is taken as it comes, because a socket that holds a byte says so again and again, and nothing
 * else would ever have its turn.
 */
async function take(socket: Socket, length: number): Promise<Buffer> {
  let taken = Buffer.alloc(0);
  for (;;) {
    const here = Math.min(length - taken.length, socket.readableLength);
    const bytes: unknown = socket.read(here);
    if (Buffer.isBuffer(bytes)) taken = Buffer.concat([taken, bytes]);
    if (taken.length === length) return taken;
    if (socket.readableEnded || socket.destroyed) throw failed('closed');
    await once(socket, 'readable');
  }
}

function failed(detail: string): FailureError {
  return saysNo('proxy_failed', detail);
}

function saysNo(reason: string, detail: string): FailureError {
  return new FailureError({ code: 'network', reason, detail });
}
