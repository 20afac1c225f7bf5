import { describe, expect, it } from 'vitest';
import { contract } from '../../../shared/contract';
import { errorCode, FailureError, failure, RETRYABLE } from '../../../shared/errors';

describe('the closed list of errors', () => {
  it('says of each code whether another try may help', () => {
    expect(Object.keys(RETRYABLE).sort()).toEqual([...errorCode.options].sort());
  });

  it('never offers to retry what costs credit or needs the user', () => {
    for (const code of ['no_credit', 'key_rejected', 'no_key', 'budget_exceeded'] as const) {
      expect(RETRYABLE[code]).toBe(false);
    }
  });

  it('is what every route can fail with', () => {
    const routes = Object.values(contract).flatMap((domain) => Object.values(domain));
    expect(routes.length).toBeGreaterThan(20);
    for (const route of routes) {
      expect(Object.keys(route['~orpc'].errorMap).sort()).toEqual([...errorCode.options].sort());
    }
  });
});

describe('a failure', () => {
  it('travels inside an error, in its finest words', () => {
    const error = new FailureError({ code: 'network', reason: 'dns' });
    expect(error).toMatchObject({ name: 'FailureError', message: 'dns' });
    expect(error.failure).toEqual({ code: 'network', reason: 'dns' });
    expect(new FailureError({ code: 'offline' }).message).toBe('offline');
  });

  it('has a code of the list', () => {
    expect(failure.safeParse({ code: 'something_else' }).success).toBe(false);
    expect(failure.safeParse({ code: 'timeout', retryAfterMs: -1 }).success).toBe(false);
  });
});
