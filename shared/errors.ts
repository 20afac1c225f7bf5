import { z } from 'zod';

/** The closed list of everything that can go wrong, as the page and the ledger name it. */
export const errorCode = z.enum([
  'invalid_input',
  'no_key',
  'key_rejected',
  'no_credit',
  'rate_limited',
  'budget_exceeded',
  'context_too_long',
  'content_blocked',
  'provider_failed',
  'network',
  'offline',
  'timeout',
  'bad_stream',
  'incomplete',
  'stopped',
  'store_full',
  'store_corrupt',
  'store_newer',
  'not_found',
  'conflict',
  'internal',
]);
export type ErrorCode = z.infer<typeof errorCode>;

/**
 * What went wrong with a request, in terms a person can act on. The user's text for each code lives
 * in the locales (`errors.<code>`); `reason` refines it where one code has several causes.
 */
export const failure = z.object({
  code: errorCode,
  /** A finer cause with a text of its own, e.g. `not_an_api`. */
  reason: z.string().max(64).optional(),
  /** What the server itself said: already cut in length and free of keys. */
  detail: z.string().max(2000).optional(),
  /** HTTP status, when there was one. */
  status: z.number().int().optional(),
  /** How long the server asked to wait, in milliseconds. */
  retryAfterMs: z.number().nonnegative().optional(),
  /** Names the lines of the log that tell more. */
  reference: z.string().max(64).optional(),
});
export type Failure = z.infer<typeof failure>;

/** An error that carries its `Failure` through our own code, thrown where a result cannot be returned. */
export class FailureError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.detail ?? failure.reason ?? failure.code, options);
    this.name = 'FailureError';
    this.failure = failure;
  }
}
