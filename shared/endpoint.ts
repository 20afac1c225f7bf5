import { z } from 'zod';

/** In which header the key goes (wire-facts, section 1; `api-key` is Azure's). */
export const authScheme = z.enum(['bearer', 'raw', 'x-api-key', 'api-key']);
export type AuthScheme = z.infer<typeof authScheme>;

const ms = (longest: number) => z.number().int().min(1_000).max(longest);

/** How long a request may take, in milliseconds (design, section 5). */
export const requestLimits = z.strictObject({
  /** Until the head of a streamed answer. */
  headersMs: ms(3_600_000),
  /** The longest silence within a streamed answer. */
  idleMs: ms(3_600_000),
  /** An answer that is not streamed, from the question to its last byte. */
  wholeMs: ms(14_400_000),
});
export type RequestLimits = z.infer<typeof requestLimits>;

export const DEFAULT_LIMITS: RequestLimits = {
  headersMs: 60_000,
  idleMs: 120_000,
  wholeMs: 600_000,
};

/**
 * The way to a server: as the system and the environment say (`NO_PROXY` included), never through a
 * proxy, or through this one.
 */
export const proxyChoice = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('system') }),
  z.strictObject({ mode: z.literal('none') }),
  z.strictObject({ mode: z.literal('url'), url: z.string().trim().min(1).max(2000) }),
]);
export type ProxyChoice = z.infer<typeof proxyChoice>;

/**
 * What a server's prompt template demands of the roles (wire-facts, section 4, vLLM): nothing; that
 * user and assistant take turns; or that, and no system message.
 */
export const roleRule = z.enum(['any', 'alternate', 'alternate_without_system']);
export type RoleRule = z.infer<typeof roleRule>;

/** A header that goes along with each request. Names only those that nobody else sets. */
export const headerName = anyHeaderName().refine(
  (name) => !RESERVED_HEADERS.has(name.toLowerCase()),
  'reserved',
);

/** The same for a collector, to which nobody else sets a key. */
export const collectorHeaderName = anyHeaderName().refine(
  (name) => name.toLowerCase() === 'authorization' || !RESERVED_HEADERS.has(name.toLowerCase()),
  'reserved',
);

function anyHeaderName() {
  return z
    .string()
    .trim()
    .max(100)
    .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'not a header name');
}

const RESERVED_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'authorization',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export const MAX_HEADERS = 20;
