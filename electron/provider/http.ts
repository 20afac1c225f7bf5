import { pipeline, type Readable, type Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Agent, type Dispatcher } from 'undici';

/** Limits of one request, in milliseconds (design, section 5). */
export interface RequestLimits {
  readonly connectMs: number;
  readonly headersMs: number;
  /** Longest silence within an answer. */
  readonly idleMs: number;
}

export const DEFAULT_LIMITS: RequestLimits = {
  connectMs: 20_000,
  headersMs: 60_000,
  idleMs: 120_000,
};

/** Headers of a whole answer; a real one has less than a tenth of it. */
const MAX_HEADER_BYTES = 64 * 1024;

/** The sockets to all servers. Redirects are never followed: the key would go along with them. */
export function makeDispatcher(limits: RequestLimits = DEFAULT_LIMITS): Dispatcher {
  return new Agent({
    connect: { timeout: limits.connectMs },
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.idleMs,
    keepAliveTimeout: 30_000,
    maxHeaderSize: MAX_HEADER_BYTES,
    pipelining: 1,
    connections: 64,
  });
}

/** What a request to a connection is made with. */
export interface Endpoint {
  /** Normalised, without a trailing slash. */
  readonly baseUrl: string;
  readonly key: string;
  readonly dispatcher: Dispatcher;
}

/** The headers of every request. The key goes into no other place. */
export function requestHeaders(key: string): Record<string, string> {
  return {
    accept: 'application/json, text/event-stream',
    'accept-encoding': 'identity',
    'content-type': 'application/json',
    'user-agent': 'Slice',
    ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
  };
}

/**
 * `Retry-After` in milliseconds from `now`: seconds or an HTTP date. Undefined when there is none or
 * it makes no sense.
 */
export function retryAfterMs(
  header: string | string[] | undefined,
  now: number,
): number | undefined {
  const value = Array.isArray(header) ? header[0] : header;
  if (value === undefined) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Number(value) * 1000;
  // `Date.parse` finds a date in almost any text with a number in it.
  const date = /GMT|^\s*\d{4}-\d\d-/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
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

/**
 * The bytes of a body. Servers and what stands in front of them pack it at times although every
 * request asks them not to; it is unpacked piece by piece, so that limits hold for what comes out.
 * Throws an `EncodingError`.
 */
export function bodyOf({ headers, body }: Dispatcher.ResponseData): Readable {
  const encoding = String(headers['content-encoding'] ?? '')
    .trim()
    .toLowerCase();
  if (encoding === '' || encoding === 'identity') return body;
  const unpack = UNPACKERS.get(encoding);
  if (!unpack) {
    body.on('error', () => undefined).destroy();
    throw new EncodingError(encoding);
  }
  const unpacked = unpack();
  // Whatever goes wrong comes out where the unpacked bytes are read.
  pipeline(body, unpacked, () => undefined);
  return unpacked;
}

/**
 * Reads a body that should be short, up to `limit` bytes, and gives the rest up.
 * Throws what undici throws.
 */
export async function readShortBody(
  response: Dispatcher.ResponseData,
  limit: number,
): Promise<string> {
  const body = bodyOf(response);
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

export function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}
