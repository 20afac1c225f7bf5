import { describe, expect, it } from 'vitest';
import type { CompletionEnd } from '../../../electron/provider/completion';
import { retryWait } from '../../../electron/provider/retry';
import { errorCode, type Failure } from '../../../shared/errors';
import { endState } from '../../../shared/run-state';
import fc from '../../fixtures/fast-check';

function failed(failure: Failure): CompletionEnd {
  return { state: 'failed', failure };
}

const MIDDLE = () => 0.5;

describe('a request is sent again', () => {
  it.each<[string, Failure]>([
    ['the name was not found', { code: 'network', reason: 'dns' }],
    ['nobody listened', { code: 'network', reason: 'refused' }],
    ['there was no way', { code: 'network', reason: 'no_route' }],
    ['the proxy was not there', { code: 'network', reason: 'proxy_refused' }],
    ['the connection broke while it was made', { code: 'network', reason: 'connect' }],
    ['the connection was not made in time', { code: 'timeout', reason: 'connect' }],
    ['the server said 408', { code: 'timeout', status: 408 }],
    ['the server said 429', { code: 'rate_limited', status: 429 }],
    ['the server said 503', { code: 'provider_failed', status: 503 }],
    ['the server said 503, being overloaded', { code: 'rate_limited', status: 503 }],
  ])('when %s: after about one second, then two, and no third time', (_, failure) => {
    expect(retryWait(failed(failure), 1, MIDDLE)).toBe(1_000);
    expect(retryWait(failed(failure), 2, MIDDLE)).toBe(2_000);
    expect(retryWait(failed(failure), 3, MIDDLE)).toBeNull();
  });

  it.each([
    [0, 125],
    [1_500, 1_625],
    [60_000, 60_125],
  ])('no earlier than the server asked for: %i ms', (retryAfterMs, least) => {
    const failure: Failure = { code: 'rate_limited', status: 429, retryAfterMs };
    expect(retryWait(failed(failure), 1, () => 0)).toBe(least);
    expect(retryWait(failed(failure), 2, () => 1)).toBe(retryAfterMs + 375);
  });

  it('at times that lie apart', () => {
    const failure: Failure = { code: 'rate_limited', status: 429 };
    expect(retryWait(failed(failure), 1, () => 0)).toBe(500);
    expect(retryWait(failed(failure), 1, () => 1)).toBe(1_500);
  });
});

describe('a request is not sent again', () => {
  it.each<[string, Failure]>([
    [
      'a wait longer than a minute was asked for',
      { code: 'rate_limited', status: 429, retryAfterMs: 60_001 },
    ],
    ['the quota is used up', { code: 'no_credit', status: 429 }],
    ['the credit is used up', { code: 'no_credit', status: 402 }],
    ['the key was refused with 503', { code: 'key_rejected', status: 503 }],
    ['the context was too long for 503', { code: 'context_too_long', status: 503 }],
    ['the server failed with 500', { code: 'provider_failed', status: 500 }],
    ['the server failed with 502', { code: 'provider_failed', status: 502 }],
    ['a gateway gave up with 504', { code: 'timeout', status: 504 }],
    ['the server is overloaded with 529', { code: 'rate_limited', status: 529 }],
    ['the number stood in a body under 200', { code: 'rate_limited' }],
    ['there is no trust', { code: 'network', reason: 'tls' }],
    ['the connection broke after sending', { code: 'network', reason: 'reset' }],
    ['nobody knows what happened', { code: 'network', reason: 'unreachable' }],
    ['no head came', { code: 'timeout', reason: 'headers' }],
    ['the answer fell silent', { code: 'timeout', reason: 'idle' }],
    ['the answer took too long', { code: 'timeout', reason: 'whole' }],
    ['the body could not be read', { code: 'bad_stream', reason: 'connect' }],
    ['it was wrong', { code: 'invalid_input', status: 400 }],
  ])('when %s', (_, failure) => {
    expect(retryWait(failed(failure), 1, MIDDLE)).toBeNull();
  });

  it.each(endState.options.filter((state) => state !== 'failed'))('when it ended %s', (state) => {
    const failure: Failure = { code: 'rate_limited', status: 429 };
    expect(retryWait({ state, failure }, 1, MIDDLE)).toBeNull();
    expect(retryWait({ state: 'failed', failure: null }, 1, MIDDLE)).toBeNull();
  });
});

describe('any wait', () => {
  it('is positive, bounded, and never shorter than was asked for', () => {
    const failures = fc.record(
      {
        code: fc.constantFrom(...errorCode.options),
        reason: fc.constantFrom('dns', 'refused', 'connect', 'reset', 'tls'),
        status: fc.integer({ min: 400, max: 599 }),
        retryAfterMs: fc.nat(200_000),
      },
      { requiredKeys: ['code'] },
    );
    fc.assert(
      fc.property(
        failures,
        fc.integer({ min: 1, max: 5 }),
        fc.nat(1000),
        (failure, attempt, dice) => {
          const wait = retryWait(failed(failure), attempt, () => dice / 1000);
          if (wait === null) return;
          expect(attempt).toBeLessThan(3);
          expect(wait).toBeGreaterThan(0);
          expect(wait).toBeGreaterThanOrEqual(failure.retryAfterMs ?? 0);
          expect(wait).toBeLessThanOrEqual(60_375);
        },
      ),
    );
  });
});
