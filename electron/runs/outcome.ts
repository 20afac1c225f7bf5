import type { ErrorCode, Failure } from '../../shared/errors';
import { type CostSource, type NanoUsd, ZERO_USD } from '../../shared/money';
import { answerText, type RunView } from '../../shared/run-view';
import type { CompletionEnd } from '../provider/completion';
import type { RunOutcome } from '../store/queries/runs';

export interface Timing {
  readonly endedAt: number;
  readonly firstTokenMs: number | null;
  readonly totalMs: number | null;
}

/**
 * Refusals that come before any model runs and so cost nothing (mocks, "Decided"). Any other request
 * without a reported cost may have reached a model, and is unknown.
 */
const REFUSED_BEFORE_MODEL: ReadonlySet<ErrorCode> = new Set([
  'key_rejected',
  'no_credit',
  'no_key',
  'not_found',
  'budget_exceeded',
]);

/**
 * Failures to get through at all: nothing was received, so nothing was worked on. `no_route` and
 * `connect` are only said where the request had not begun to leave.
 */
const NEVER_SENT_REASONS: ReadonlySet<string> = new Set([
  'dns',
  'refused',
  'tls',
  'tls_untrusted',
  'tls_name',
  'tls_expired',
  'proxy_failed',
  'proxy_refused',
  'proxy_auth',
  'connect',
  'no_route',
  'unsendable',
]);

const NEVER_SENT_CODES: ReadonlySet<ErrorCode> = new Set(['network', 'timeout', 'invalid_input']);

/** Said by this app itself, or of a thing that is not there: a status adds nothing. */
const SURE_WITHOUT_STATUS: ReadonlySet<ErrorCode> = new Set([
  'no_key',
  'budget_exceeded',
  'not_found',
]);

/** Turned away at the door: decision 7. */
const TOO_MANY_REQUESTS = 429;

/** The reason of a failure that names a field the server does not take: it looked no further. */
export const UNSUPPORTED_FIELD = 'unsupported_field';

/**
 * What the ledger row of a run says in the end. `estimated` is what its tokens come to at known prices: it
 * counts only where the server says nothing of the cost (decision 12).
 */
export function outcomeOf(
  view: RunView,
  end: CompletionEnd,
  timing: Timing,
  estimated: NanoUsd | null = null,
): RunOutcome {
  const { usage } = view;
  const { cost, costSource } = costOf(view, end, estimated);
  return {
    state: end.state,
    failure: end.failure,
    ...timing,
    completionId: view.completionId,
    servedModel: view.servedModel,
    servedProvider: view.servedProvider,
    finishReason: view.choices[0]?.finishReason ?? null,
    promptTokens: usage?.promptTokens ?? null,
    completionTokens: usage?.completionTokens ?? null,
    totalTokens: usage?.totalTokens ?? null,
    cachedTokens: usage?.cachedTokens ?? null,
    reasoningTokens: usage?.reasoningTokens ?? null,
    promptCharacters: usage?.promptCharacters ?? null,
    responseCharacters: usage?.responseCharacters ?? null,
    receivedCharacters: view.choices.reduce((sum, { parts }) => sum + answerText(parts).length, 0),
    cost,
    costText: usage?.costText ?? null,
    costSource,
    latencyMs: usage?.latencyMs ?? null,
    rawUsage: usage?.raw ?? null,
  };
}

function costOf(
  view: RunView,
  end: CompletionEnd,
  estimated: NanoUsd | null,
): { cost: NanoUsd | null; costSource: CostSource } {
  const reported = view.usage?.cost ?? null;
  if (reported !== null) return { cost: reported, costSource: 'reported' };
  // While it waits for its turn, a request has not left.
  const nothingToPay =
    view.waiting !== null ||
    end.unsent ||
    (end.state === 'failed' && view.choices.length === 0 && costsNothing(end.failure));
  if (nothingToPay) return { cost: ZERO_USD, costSource: 'none' };
  // A cost that was told and makes no sense stays unknown: something is wrong there.
  const untold = view.usage !== null && view.usage.costText === null;
  return untold && estimated !== null
    ? { cost: estimated, costSource: 'estimated' }
    : { cost: null, costSource: 'unknown' };
}

function costsNothing(failure: Failure | null): boolean {
  if (!failure) return false;
  if (failure.status === TOO_MANY_REQUESTS || failure.reason === UNSUPPORTED_FIELD) return true;
  if (REFUSED_BEFORE_MODEL.has(failure.code)) {
    // An error under 200 can come from behind the server, after work began (wire-facts, section 3).
    return failure.status !== undefined || SURE_WITHOUT_STATUS.has(failure.code);
  }
  return (
    NEVER_SENT_CODES.has(failure.code) &&
    failure.reason !== undefined &&
    NEVER_SENT_REASONS.has(failure.reason)
  );
}
