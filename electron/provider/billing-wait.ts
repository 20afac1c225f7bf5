import type { Failure } from '../../shared/errors';

/** Nothing is asked more often than this for one page. */
const MAX_ASKED = 6;

/** The longest `Retry-After` that is waited for, in milliseconds; a longer one is left to the user. */
const LONGEST_WAIT_MS = 15 * 60_000;

/** The wait after the first question where the server does not say how long; it doubles with each. */
const FIRST_WAIT_MS = 1_000;

/**
 * How long to wait before a page of the history is asked for again, in milliseconds, or null when it is of
 * no use. Asking costs nothing, so a server that failed is asked again as well. `asked` counts from 1.
 */
export function billingWait({ code, status, retryAfterMs }: Failure, asked: number): number | null {
  const busy = code === 'rate_limited' || status === 429 || status === 503;
  const broken = (status !== undefined && status >= 500) || code === 'timeout';
  if (asked >= MAX_ASKED || code === 'no_credit' || !(busy || broken)) return null;
  if (retryAfterMs === undefined) return FIRST_WAIT_MS * 2 ** (asked - 1);
  return retryAfterMs > LONGEST_WAIT_MS ? null : Math.max(retryAfterMs, FIRST_WAIT_MS);
}
