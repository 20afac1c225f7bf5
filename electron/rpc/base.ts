import { type ImplementerInternalWithMiddlewares, implement, ORPCError } from '@orpc/server';
import { contract } from '../../shared/contract';
import { type Failure, FailureError } from '../../shared/errors';
import { BudgetError } from '../money/budget-gate';
import { CODE_OF_KIND, StoreError } from '../store/errors';
import type { RpcParts } from './parts';

/** Turns whatever a route throws into one of the codes of the contract. No stack crosses. */
export function failureOf(
  error: unknown,
  path: readonly string[],
  parts: Pick<RpcParts, 'log'>,
): Failure {
  if (error instanceof FailureError) return error.failure;
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') return { code: 'invalid_input' };
  const reference = parts.log(`route ${path.join('.')}`, error);
  if (error instanceof StoreError) return { code: CODE_OF_KIND[error.kind], reference };
  return { code: 'internal', reference };
}

/**
 * The contract, to be implemented route by route. Inputs are validated inside the middleware, so that
 * a refused input is an error of the closed list like any other.
 */
export const base: ImplementerInternalWithMiddlewares<typeof contract, RpcParts, RpcParts> =
  implement(contract)
    .$context<RpcParts>()
    .use(async ({ next, path, context }) => {
      try {
        return await next({ context });
      } catch (error) {
        const failure = failureOf(error, path, context);
        const data =
          error instanceof BudgetError ? { ...failure, budgetStop: error.stop } : failure;
        throw new ORPCError(failure.code, { status: 500, message: failure.code, data });
      }
    });
