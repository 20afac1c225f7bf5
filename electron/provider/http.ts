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

/**
 * Reads a body that should be short, up to `limit` bytes, and gives the rest up.
 * Throws what undici throws.
 */
export async function readShortBody(
  body: Dispatcher.ResponseData['body'],
  limit: number,
): Promise<string> {
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
