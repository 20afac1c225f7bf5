import type { ErrorCode, Failure } from '../../shared/errors';
import type { CompletionEnd } from './completion';

/** All attempts at one request, the first included (design, section 5). */
export const MAX_ATTEMPTS = 3;

/** The longest `Retry-After` that is waited for by itself; a longer one is shown and left to the user. */
const LONGEST_WAIT_MS = 60_000;

/** The middle of the wait after the first attempt; it doubles with each. */
const FIRST_WAIT_MS = 1_000;

/** Reasons why no connection was made, so that the server knows nothing of the request. */
const NOT_CONNECTED: ReadonlySet<string> = new Set([
  'dns',
  'refused',
  'connect',
  'no_route',
  'proxy_refused',
]);

/** Statuses that say "not now" of a request that was not worked on. */
const NOT_NOW: ReadonlySet<number> = new Set([408, 429, 503]);

/** What waiting does not cure, whatever status it comes with: 429 can mean that the quota is used up. */
const LASTING: ReadonlySet<ErrorCode> = new Set([
  'no_credit',
  'key_rejected',
  'context_too_long',
  'content_blocked',
]);

/**
 * How long to wait before a request is sent again, in milliseconds, or null when it must not be
 * (design, section 5). `attempt` is the number of the one that ended, from 1; `random` gives numbers
 * from 0 to 1 and spreads those who were turned away together.
 *
 * The caller makes sure that nothing arrived. A number that stood in the body of a 200 does not count
 * as a status: OpenRouter sends with 200 what failed after work had begun, which may be on the bill
 * (wire-facts, section 3), so sending again is for the user to decide.
 */
export function retryWait(
  { state, failure }: CompletionEnd,
  attempt: number,
  random: () => number,
): number | null {
  if (state !== 'failed' || !failure || attempt >= MAX_ATTEMPTS || !mayPass(failure)) return null;
  const { retryAfterMs } = failure;
  const jitter = 0.5 + random();
  if (retryAfterMs === undefined) return Math.round(FIRST_WAIT_MS * 2 ** (attempt - 1) * jitter);
  if (retryAfterMs > LONGEST_WAIT_MS) return null;
  // Never earlier than asked for.
  return Math.round(retryAfterMs + (FIRST_WAIT_MS / 4) * jitter);
}

function mayPass({ code, reason, status }: Failure): boolean {
  if (LASTING.has(code)) return false;
  if (status !== undefined) return NOT_NOW.has(status);
  return (code === 'network' || code === 'timeout') && NOT_CONNECTED.has(reason ?? '');
}
