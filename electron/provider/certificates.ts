import type { Socket } from 'node:net';
import tls from 'node:tls';
import type { Dispatcher } from 'undici';
import type { ConnectionReport } from '../../shared/contract/connection';

/** Who vouches for a server. */
type Certificate = NonNullable<ConnectionReport['certificate']>;

const certificates = new WeakMap<Dispatcher, Map<string, Certificate>>();

/** The certificate that a server last showed, and that was found good; null without TLS. */
export function certificateOf(dispatcher: Dispatcher, baseUrl: string): Certificate | null {
  const { hostname, port } = new URL(baseUrl);
  return certificates.get(dispatcher)?.get(hostKey(hostname, port)) ?? null;
}

/** Remembers the certificate of each server that a dispatcher connects to; to be told of each socket. */
export function rememberCertificates(
  dispatcher: Dispatcher,
): (socket: Socket, hostname: string, port: string) => void {
  const seen = new Map<string, Certificate>();
  certificates.set(dispatcher, seen);
  return (socket, hostname, port) => {
    const certificate = readCertificate(socket);
    if (certificate) seen.set(hostKey(hostname, port), certificate);
  };
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
