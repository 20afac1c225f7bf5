import { z } from 'zod';
import { collectorHeaderName, MAX_HEADERS } from '../endpoint';
import { sealedKey } from './connection';
import { route } from './route';

/** What of each answer is sent to the user's own collector. */
export const telemetrySignals = z.enum(['both', 'spans', 'metrics']);
export type TelemetrySignals = z.infer<typeof telemetrySignals>;

/** Where a collector listens: paths such as `/v1/traces` are put behind it. Empty for none yet. */
export const collectorAddress = z
  .string()
  .trim()
  .max(2000)
  .refine((text) => text === '' || isAddress(text), 'an address begins with http:// or https://');

/** What this desktop is called at the collector; empty for nothing. */
export const desktopName = z.string().trim().max(100);

/** Why a collector did not take what was sent. */
export const telemetryProblem = z.object({
  reason: z.enum([
    /** There is no such name. */
    'dns',
    /** Nobody listens there, or the network is gone. */
    'unreachable',
    'timeout',
    /** The certificate is not trusted, or TLS cannot be spoken. */
    'tls',
    'proxy',
    /** It wants to know who is asking, or does not let them (401, 403, 407). */
    'denied',
    /** It listens, but does not take this there (404, 405). */
    'not_found',
    /** It asks to come back later (429, 502, 503, 504). */
    'busy',
    'rejected',
    /** The values of the headers cannot be read now. */
    'headers_unreadable',
    'internal',
  ]),
  /** What was being sent. */
  signal: z.enum(['spans', 'metrics']),
  /** The HTTP status, when there was one. */
  status: z.number().int().nullable(),
});
export type TelemetryProblem = z.infer<typeof telemetryProblem>;

export const telemetryState = z.object({
  on: z.boolean(),
  endpoint: z.string(),
  name: z.string(),
  signals: telemetrySignals,
  /** The names of the headers. Their values are kept like keys and never come back. */
  headerNames: z.array(z.string()),
  /** Answers that wait to be sent. */
  waiting: z.number().int().nonnegative(),
  /** When the collector last took something, in ms since 1970; null for never. */
  deliveredAt: z.number().int().nullable(),
  /** What went wrong the last time; null when it went well. */
  trouble: z
    .object({
      ...telemetryProblem.shape,
      at: z.number().int(),
      /** When it is tried again. */
      nextAt: z.number().int(),
    })
    .nullable(),
  /** Answers from before, which the collector was never told of. */
  earlier: z.number().int().nonnegative(),
  /** How far they have been sent; null when they are not being sent. */
  sendingEarlier: z
    .object({ done: z.number().int().nonnegative(), total: z.number().int().nonnegative() })
    .nullable(),
});
export type TelemetryState = z.infer<typeof telemetryState>;

export const telemetryChange = z.object({
  on: z.boolean().optional(),
  endpoint: collectorAddress.optional(),
  name: desktopName.optional(),
  signals: telemetrySignals.optional(),
  /** Headers to set, by name; the others stay. */
  setHeaders: z
    .array(z.object({ name: collectorHeaderName, value: sealedKey }))
    .max(MAX_HEADERS)
    .optional(),
  removeHeaders: z.array(collectorHeaderName).max(MAX_HEADERS).optional(),
  /** The user has agreed to keep the values where the system offers no real encryption. */
  allowWeak: z.boolean().optional(),
});
export type TelemetryChange = z.infer<typeof telemetryChange>;

/** What became of a test. Null for what was not sent. */
export const telemetryReport = z.object({
  /** How long the collector took to answer, in milliseconds. */
  ms: z.number().nonnegative(),
  problem: telemetryProblem.nullable(),
});
export type TelemetryReport = z.infer<typeof telemetryReport>;

export const telemetryContract = {
  state: route.output(telemetryState),
  /** Saves what changed. Another address is another collector: it is told of no answer that was before. */
  change: route.input(telemetryChange).output(telemetryState),
  /** Sends one span and one metric that count for nothing. Throws `invalid_input` without an address. */
  test: route.output(telemetryReport),
  /** Has the answers from before sent too, beside those that end from now on. */
  sendEarlier: route.output(telemetryState),
  /** Leaves off sending them; what was sent stays sent. */
  stopEarlier: route.output(telemetryState),
};

function isAddress(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}
