import { oc } from '@orpc/contract';
import { budgetFailure } from '../budget';
import { type ErrorCode, failure } from '../errors';

const error = { data: failure };

/** The start of every route: it can fail with each code of the closed list and in no other way. */
export const route = oc.errors({
  invalid_input: error,
  no_key: error,
  key_rejected: error,
  no_credit: error,
  rate_limited: error,
  budget_exceeded: { data: budgetFailure },
  context_too_long: error,
  content_blocked: error,
  provider_failed: error,
  network: error,
  offline: error,
  timeout: error,
  bad_stream: error,
  incomplete: error,
  stopped: error,
  store_full: error,
  store_corrupt: error,
  store_newer: error,
  not_found: error,
  conflict: error,
  internal: error,
} satisfies Record<ErrorCode, { readonly data: typeof failure | typeof budgetFailure }>);
