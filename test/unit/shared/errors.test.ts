import { describe, expect, it } from 'vitest';
import { contract } from '../../../shared/contract';
import { errorCode, FailureError, failure } from '../../../shared/errors';

describe('the closed list of errors', () => {
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
