import type { ErrorCode, Failure } from '../../../shared/errors';

/** Which ways out of a failure make sense, beside asking again. */
export interface FailureSteps {
  readonly key: boolean;
  readonly settings: boolean;
  readonly message: boolean;
  readonly model: boolean;
}

const KEY: ReadonlySet<ErrorCode> = new Set(['no_key', 'key_rejected']);

/** The address, the proxy, the certificates or the patience of the connection may be wrong. */
const SETTINGS: ReadonlySet<ErrorCode> = new Set(['network', 'timeout', 'bad_stream']);
const SETTINGS_REASONS: ReadonlySet<string> = new Set([
  'redirected',
  'not_http',
  'not_an_api',
  'try_other_path',
  'header_missing',
  'header_value',
  'too_many_headers',
  'unsendable',
]);

const MESSAGE: ReadonlySet<ErrorCode> = new Set([
  'content_blocked',
  'context_too_long',
  'invalid_input',
]);

const MODEL: ReadonlySet<ErrorCode> = new Set([
  'invalid_input',
  'no_credit',
  'rate_limited',
  'budget_exceeded',
  'context_too_long',
  'content_blocked',
  'provider_failed',
  'timeout',
  'bad_stream',
  'incomplete',
  'not_found',
]);

/** What may help against a failure. */
export function stepsFor({ code, reason }: Failure): FailureSteps {
  return {
    key: KEY.has(code),
    settings: SETTINGS.has(code) || (reason !== undefined && SETTINGS_REASONS.has(reason)),
    message: MESSAGE.has(code),
    model: MODEL.has(code),
  };
}
