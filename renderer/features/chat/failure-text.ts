import type { TFunction } from 'i18next';
import type { Run } from '../../../shared/contract/conversation';
import type { ErrorCode, Failure } from '../../../shared/errors';
import { count, seconds } from '../../ui/format';

/** Codes whose next step is not already one of the buttons below. */
const NEXT = [
  'invalid_input',
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
  'not_found',
  'store_full',
  'store_corrupt',
  'store_newer',
  'conflict',
  'internal',
] as const satisfies readonly ErrorCode[];

const REASONS = [
  'dns',
  'refused',
  'tls',
  'unreachable',
  'reset',
  'connect',
  'headers',
  'idle',
  'closed',
  'empty',
  'app_ended',
  'not_an_api',
  'not_http',
  'redirected',
  'not_a_url',
  'has_credentials',
] as const;

/** Whom and what the sentences are about. */
export type FailureNames = {
  readonly name: string;
  readonly model: string;
};

/** What happened, in one line. */
export function failureTitle(failure: Failure, names: FailureNames, t: TFunction): string {
  const reason = REASONS.find((known) => known === failure.reason);
  return reason ? t(`errors.reasons.${reason}`, names) : t(`errors.titles.${failure.code}`, names);
}

/** What to do next, when no button says it; null otherwise. */
export function failureNext(failure: Failure, names: FailureNames, t: TFunction): string | null {
  if (failure.code === 'rate_limited' && failure.retryAfterMs !== undefined) {
    return t('errors.retryAfter', { ...names, time: seconds(failure.retryAfterMs, 0) });
  }
  const code = NEXT.find((known) => known === failure.code);
  return code ? t(`errors.nexts.${code}`, names) : null;
}

/** The heading above a run that did not end well. */
export function runTitle(run: Run, failure: Failure, t: TFunction): string {
  const names = { name: run.connectionName, model: run.requestedModel };
  const plain = failure.code === run.state && failure.reason === undefined;
  const cutOff = failure.reason === 'closed' || plain;
  if (run.totalMs !== null && cutOff) {
    const time = seconds(run.totalMs);
    if (run.state === 'stopped') return t('errors.stoppedAfter', { time });
    if (run.state === 'incomplete') return t('errors.brokeAfter', { time });
  }
  return failureTitle(failure, names, t);
}

/** What was kept of it. */
export function keptText(characters: number, t: TFunction): string {
  if (characters === 0) return t('errors.keptMessage');
  return t('errors.keptCharacters', { count: characters, formatted: count(characters) });
}
