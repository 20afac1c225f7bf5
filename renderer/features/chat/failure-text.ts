import type { TFunction } from 'i18next';
import type { Run } from '../../../shared/contract/conversation';
import type { ErrorCode, Failure } from '../../../shared/errors';
import { count, seconds, timeOfDay } from '../../ui/format';

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

/** Every finer cause that the main process names, each with a text that takes the code's place. */
export const REASONS = [
  'dns',
  'refused',
  'tls',
  'tls_untrusted',
  'tls_name',
  'tls_expired',
  'proxy_refused',
  'proxy_auth',
  'proxy_failed',
  'no_route',
  'unreachable',
  'reset',
  'connect',
  'headers',
  'idle',
  'whole',
  'closed',
  'empty',
  'unreadable',
  'encoding',
  'record_too_long',
  'answer_too_long',
  'app_ended',
  'not_an_api',
  'not_http',
  'redirected',
  'not_a_url',
  'unsendable',
  'unsupported_field',
  'has_credentials',
  'key',
  'seal',
  'new_address',
  'header_missing',
  'header_value',
  'too_many_headers',
  'proxy_unsupported',
  'ca_unreadable',
  'ca_not_pem',
  'answers_error',
  'try_other_path',
  'image_missing',
  'not_an_image',
  'too_large',
] as const;

/** Causes whose next step is another than that of their code. */
const REASON_NEXT = [
  'tls',
  'tls_untrusted',
  'tls_name',
  'tls_expired',
  'proxy_refused',
  'proxy_auth',
  'proxy_failed',
  'refused',
  'headers',
  'idle',
  'whole',
  'empty',
  'encoding',
  'record_too_long',
  'answer_too_long',
  'not_an_api',
  'not_http',
  'redirected',
  'not_a_url',
  'unsendable',
  'has_credentials',
  'key',
  'seal',
  'new_address',
  'header_missing',
  'header_value',
  'too_many_headers',
  'proxy_unsupported',
  'ca_unreadable',
  'ca_not_pem',
  'answers_error',
  'try_other_path',
  'image_missing',
  'not_an_image',
  'too_large',
] as const satisfies readonly (typeof REASONS)[number][];

/** The longest wait that a request is repeated after by itself, in milliseconds (design, section 5). */
export const LONGEST_WAIT_MS = 60_000;

/** Whom and what the sentences are about. */
export type FailureNames = {
  readonly name: string;
  readonly model: string;
};

/** Whom and what the sentences about a run are about. */
export function namesOf(run: Pick<Run, 'connectionName' | 'requestedModel'>): FailureNames {
  return { name: run.connectionName, model: run.requestedModel };
}

/** Whether the server asks to wait for longer than the app waits by itself. */
export function asksForLongWait({ retryAfterMs }: Failure): boolean {
  return retryAfterMs !== undefined && retryAfterMs > LONGEST_WAIT_MS;
}

/** What happened, in one line. */
export function failureTitle(failure: Failure, names: FailureNames, t: TFunction): string {
  const { retryAfterMs } = failure;
  if (retryAfterMs !== undefined && asksForLongWait(failure)) {
    return t('errors.asksToWait', { ...names, time: waitText(retryAfterMs, t) });
  }
  const reason = REASONS.find((known) => known === failure.reason);
  return reason ? t(`errors.reasons.${reason}`, names) : t(`errors.titles.${failure.code}`, names);
}

/** The same in a few words, where a name would be too long. */
export function failureWord({ code }: Failure, t: TFunction): string {
  return t(`errors.words.${code}`);
}

/** What to do next, when no button says it; null otherwise. */
export function failureNext(failure: Failure, names: FailureNames, t: TFunction): string | null {
  if (failure.code === 'rate_limited' && failure.retryAfterMs !== undefined) {
    return t('errors.retryAfter', { ...names, time: waitText(failure.retryAfterMs, t) });
  }
  const reason = REASON_NEXT.find((known) => known === failure.reason);
  if (reason) return t(`errors.reasonNexts.${reason}`, names);
  const code = NEXT.find((known) => known === failure.code);
  return code ? t(`errors.nexts.${code}`, names) : null;
}

/** What to do next about a run, which unlike a failure has its place in time. */
export function runNext(run: Run, failure: Failure, now: number, t: TFunction): string | null {
  const { retryAfterMs } = failure;
  if (retryAfterMs === undefined || !asksForLongWait(failure)) {
    return failureNext(failure, namesOf(run), t);
  }
  const from = run.startedAt + (run.totalMs ?? 0) + retryAfterMs;
  if (now >= from) return t('errors.waitOver');
  return t('errors.waitUntil', { time: timeOfDay(from) });
}

/** "20 s", "5 minutes", "2 hours": rounded up, so that nobody comes too early. */
function waitText(ms: number, t: TFunction): string {
  if (ms < 90_000) return seconds(Math.ceil(ms / 1000) * 1000, 0);
  const minutes = Math.ceil(ms / 60_000);
  if (minutes < 90) return t('errors.minutes', { count: minutes });
  return t('errors.hours', { count: Math.ceil(minutes / 60) });
}

/** The heading above a run that did not end well. */
export function runTitle(run: Run, failure: Failure, t: TFunction): string {
  const plain = failure.code === run.state && failure.reason === undefined;
  const cutOff = failure.reason === 'closed' || plain;
  if (run.totalMs !== null && cutOff) {
    const time = seconds(run.totalMs);
    if (run.state === 'stopped') return t('errors.stoppedAfter', { time });
    if (run.state === 'incomplete') return t('errors.brokeAfter', { time });
  }
  return failureTitle(failure, namesOf(run), t);
}

/** What was kept of it. */
export function keptText(characters: number, t: TFunction): string {
  if (characters === 0) return t('errors.keptMessage');
  return t('errors.keptCharacters', { count: characters, formatted: count(characters) });
}
