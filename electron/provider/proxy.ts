import { BlockList, isIP } from 'node:net';
import type { ProxyChoice } from '../../shared/endpoint';
import { FailureError } from '../../shared/errors';

/** A proxy that requests can go through. */
export interface ProxyServer {
  /** How the proxy itself is spoken to. */
  readonly protocol: 'http:' | 'https:' | 'socks5:';
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  readonly credentials: { readonly user: string; readonly password: string } | null;
}

/** A proxy, none, or none that was named: then the system is asked. */
export type ProxyDecision = ProxyServer | 'direct' | 'ask_system';

const DEFAULT_PORTS: Readonly<Record<ProxyServer['protocol'], number>> = {
  'http:': 80,
  'https:': 443,
  'socks5:': 1080,
};

/** Names that mean SOCKS 5; the one with an `h` lets the proxy look names up, as ours always does. */
const PROTOCOLS: ReadonlyMap<string, ProxyServer['protocol']> = new Map([
  ['http:', 'http:'],
  ['https:', 'https:'],
  ['socks5:', 'socks5:'],
  ['socks5h:', 'socks5:'],
]);

const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * The way to `target` as far as the user and the environment say it. What the user chose for a
 * connection comes first; then this computer itself is reached directly; then `NO_PROXY`; then
 * `HTTPS_PROXY` or `HTTP_PROXY` by the scheme of the target, else `ALL_PROXY`. Names in lower case
 * count before those in upper case.
 *
 * Throws a `FailureError` with `invalid_input`: `proxy_unsupported`.
 */
export function decideProxy(
  target: URL,
  choice: ProxyChoice,
  env: NodeJS.ProcessEnv,
): ProxyDecision {
  if (choice.mode === 'url') return parseProxy(choice.url);
  if (choice.mode === 'none' || isLoopback(hostOf(target))) return 'direct';
  if (isExempt(target, variable(env, 'no_proxy'))) return 'direct';
  const ofScheme = target.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const stated = variable(env, ofScheme) || variable(env, 'all_proxy');
  return stated === '' ? 'ask_system' : parseProxy(stated);
}

/**
 * Reads an answer as a proxy configuration file gives it, such as "PROXY a:8080; DIRECT", and takes the
 * first entry that can be used. Null means directly.
 *
 * Throws a `FailureError` with `invalid_input`, `proxy_unsupported` when all entries are of other kinds.
 */
export function proxyOfSystem(answer: string): ProxyServer | null {
  let other: FailureError | null = null;
  for (const entry of answer.split(';')) {
    const [kind = '', address = ''] = entry.trim().split(/\s+/);
    if (kind === '') continue;
    if (/^direct$/i.test(kind)) return null;
    const scheme = /^proxy$/i.test(kind) ? 'http' : kind.toLowerCase();
    try {
      return parseProxy(`${scheme}://${address}`);
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      other ??= error;
    }
  }
  if (other) throw other;
  return null;
}

/** A proxy as it may be shown: without its credentials. */
export function proxyText({ host, port }: ProxyServer): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

/** What a proxy is told of the user, in the forms in which it is told. */
export function secretsOfProxy({ credentials }: ProxyServer): string[] {
  if (credentials === null || credentials.password === '') return [];
  const { user, password } = credentials;
  return [password, `${user}:${password}`];
}

function parseProxy(text: string): ProxyServer {
  const address = HAS_SCHEME.test(text) ? text : `http://${text}`;
  if (!URL.canParse(address)) throw invalid('proxy_unsupported');
  const url = new URL(address);
  const protocol = PROTOCOLS.get(url.protocol);
  if (!protocol) throw invalid('proxy_unsupported', url.protocol.slice(0, -1));
  const host = hostOf(url);
  if (host === '') throw invalid('proxy_unsupported');
  return {
    protocol,
    host,
    port: url.port === '' ? DEFAULT_PORTS[protocol] : Number(url.port),
    credentials:
      url.username === '' && url.password === ''
        ? null
        : { user: decoded(url.username), password: decoded(url.password) },
  };
}

/** The address itself stays out of the failure: it may hold a password. */
function invalid(reason: string, detail?: string): FailureError {
  return new FailureError({ code: 'invalid_input', reason, ...(detail && { detail }) });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function variable(env: NodeJS.ProcessEnv, name: string): string {
  return (env[name] || env[name.toUpperCase()] || '').trim();
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    isWithin(host, '127.0.0.0/8') ||
    isWithin(host, '::1')
  );
}

/**
 * Whether `NO_PROXY` names a target. Entries stand between commas or white space: `*` for all, an
 * address, a network as `10.0.0.0/8`, a name with all names below it, `.name` or `*.name` for only
 * those below; each may end in `:port`.
 */
function isExempt(target: URL, list: string): boolean {
  const host = hostOf(target);
  const port = target.port || String(target.protocol === 'https:' ? 443 : 80);
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      const { name, port: only } = splitPort(entry);
      return name !== '' && (only === null || only === port) && covers(name, host);
    });
}

function splitPort(entry: string): { readonly name: string; readonly port: string | null } {
  if (isIP(entry) === 6) return { name: entry, port: null };
  const match = /^\[?(.*?)\]?(?::(\d+))?$/.exec(entry);
  return { name: match?.[1] ?? '', port: match?.[2] ?? null };
}

function covers(name: string, host: string): boolean {
  if (name === '*') return true;
  if (isIP(host) !== 0) return isWithin(host, name);
  const below = name.replace(/^\*(?=\.)/, '');
  if (below.startsWith('.')) return host.endsWith(below) && host !== below;
  return host === below || host.endsWith(`.${below}`);
}

/** Whether `host` is an address of a network ("10.0.0.0/8"), or the address itself. */
function isWithin(host: string, network: string): boolean {
  const [address = '', prefix] = network.split('/');
  const version = isIP(host);
  if (version === 0 || isIP(address) !== version) return false;
  const longest = version === 4 ? 32 : 128;
  const bits = prefix === undefined ? longest : Number(prefix);
  if (prefix === '' || !Number.isInteger(bits) || bits < 0 || bits > longest) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(address, bits, family);
  return list.check(host, family);
}
