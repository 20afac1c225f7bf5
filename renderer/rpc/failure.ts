import { ORPCError } from '@orpc/client';
import { type Failure, FailureError, failure } from '../../shared/errors';

/** What went wrong with a call to main. Anything but our own typed error is a fault of the program. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ORPCError) {
    const known = failure.safeParse(error.data);
    if (known.success) return known.data;
  }
  if (error instanceof FailureError) return error.failure;
  return { code: 'internal' };
}
