import { pipeline, type Readable, type Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { type AuthScheme, headerName, type RequestLimits } from '../../shared/endpoint';

/** How long one connection may take to be made, in milliseconds; with TLS, without a proxy's part. */
export const CONNECT_MS = 20_000;

/** What a request to a connection is made with. */
export interface Endpoint {
  /** Normalised, without a trailing slash. */
  readonly baseUrl: string;
  readonly key: string;
  /** In which header the key goes. */
  readonly auth: AuthScheme;
  /** What the user wants sent along with each request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly limits: RequestLimits;
  readonly dispatcher: Dispatcher;
  /** What the proxy in front of it is told of the user; nothing by default. */
  readonly proxySecrets?: readonly string[];
}

/** What is never shown of an endpoint, though a server may say it. */
export function secretsOf({ key, headers, proxySecrets = [] }: Endpoint): string[] {
  return [key, ...Object.values(headers), ...proxySecrets];
}

/**
 * The headers of every request. The key goes into no other place. The user's own come first, so that
 * none of them replaces one of ours, and one that decides where or how a request goes is left out.
 */
export function requestHeaders({
  key,
  auth,
  headers,
}: Pick<Endpoint, 'key' | 'auth' | 'headers'>): Record<string, string> {
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (headerName.safeParse(name).success) own[name.toLowerCase()] = value;
  }
  return {
    'user-agent': 'Slice',
    ...own,
    accept: 'application/json, text/event-stream',
    'accept-encoding': 'identity',
    'content-type': 'application/json',
    ...(key === '' ? {} : keyHeader(auth, key)),
  };
}

/** The forms that servers take a key in (wire-facts, section 1; `api-key` is Azure's). */
function keyHeader(auth: AuthScheme, key: string): Record<string, string> {
  switch (auth) {
    case 'bearer':
      return { authorization: `Bearer ${key}` };
    case 'raw':
      return { authorization: key };
    case 'x-api-key':
      return { 'x-api-key': key };
    case 'api-key':
      return { 'api-key': key };
  }
}

/**
 * How long these headers ask to wait, as `retryAfterMs` has it. A date is meant by the server's clock, which
 * its own `Date` tells: this computer's may be hours off. `now` is this computer's.
 */
export function askedWait(headers: AnswerHeaders, now: number): number | undefined {
  const there = typeof headers.date === 'string' ? Date.parse(headers.date) : Number.NaN;
  return retryAfterMs(headers['retry-after'], Number.isNaN(there) ? now : there);
}

/** A year: longer waits are all the same, and a number can be too large to be one. */
const LONGEST_RETRY_AFTER_MS = 365 * 24 * 3_600_000;

/**
 * `Retry-After` in milliseconds from `now`, at most a year: seconds or an HTTP date. Undefined when
 * there is none or it makes no sense.
 */
export function retryAfterMs(
  header: string | string[] | undefined,
  now: number,
): number | undefined {
  const value = Array.isArray(header) ? header[0] : header;
  if (value === undefined) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return atMostAYear(Number(value) * 1000);
  // `Date.parse` finds a date in almost any text with a number in it.
  const date = /GMT|^\s*\d{4}-\d\d-/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : atMostAYear(Math.max(0, date - now));
}

function atMostAYear(ms: number): number {
  return Math.min(ms, LONGEST_RETRY_AFTER_MS);
}

/** Where a body breaks off, what was packed before is still given out. */
const CUT_OFF = { finishFlush: constants.Z_SYNC_FLUSH };
const BROTLI_CUT_OFF = { finishFlush: constants.BROTLI_OPERATION_FLUSH };

const UNPACKERS: ReadonlyMap<string, () => Transform> = new Map([
  ['gzip', () => createGunzip(CUT_OFF)],
  ['x-gzip', () => createGunzip(CUT_OFF)],
  ['deflate', () => createInflate(CUT_OFF)],
  ['br', () => createBrotliDecompress(BROTLI_CUT_OFF)],
]);

/** A body came in a packing that nobody asked for and this client cannot undo. */
export class EncodingError extends Error {
  readonly code = 'ERR_CONTENT_ENCODING';

  constructor(encoding: string) {
    super(`a body is packed as ${encoding.slice(0, 40)}`);
    this.name = 'EncodingError';
  }
}

/** The headers of an answer, their names in lower case. */
export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

/**
 * What unpacks a body with these headers, or null when it is not packed. Servers and what stands in
 * front of them pack it at times although every request asks them not to. Throws an `EncodingError`.
 */
export function unpacker(headers: AnswerHeaders): Transform | null {
  const encoding = String(headers['content-encoding'] ?? '')
    .trim()
    .toLowerCase();
  if (encoding === '' || encoding === 'identity') return null;
  const unpack = UNPACKERS.get(encoding);
  if (!unpack) throw new EncodingError(encoding);
  return unpack();
}

/**
 * Reads a body that should be short, up to `limit` bytes counted unpacked, and gives the rest up.
 * Throws what undici throws, and an `EncodingError`.
 */
export async function readShortBody(
  response: Dispatcher.ResponseData,
  limit: number,
): Promise<string> {
  const body = unpackedBody(response);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= limit) {
      body.destroy();
      break;
    }
  }
  return Buffer.concat(chunks).subarray(0, limit).toString('utf8');
}

function unpackedBody({ headers, body }: Dispatcher.ResponseData): Readable {
  let unpack: Transform | null;
  try {
    unpack = unpacker(headers);
  } catch (error) {
    body.on('error', () => undefined).destroy();
    throw error;
  }
  if (!unpack) return body;
  // Whatever goes wrong comes out where the unpacked bytes are read.
  pipeline(body, unpack, () => undefined);
  return unpack;
}

export function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}
