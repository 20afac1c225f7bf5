import type { Adaptation } from '../../shared/adaptation';
import type { Failure } from '../../shared/errors';
import type { RunView } from '../../shared/run-view';
import { adaptationFor, type RequestFields } from '../provider/adapt';
import type { CompletionEnd } from '../provider/completion';
import { MAX_ATTEMPTS, retryWait } from '../provider/retry';
import { UNSUPPORTED_FIELD } from './outcome';

/** A request that is to be made again. */
export interface Again {
  /** What was wrong with the last, as the ledger is to keep it. */
  readonly failure: Failure;
  readonly waitMs: number;
  /** How the next one is to differ; null when it is the same. */
  readonly adaptation: Adaptation | null;
}

/**
 * Whether a request is made again, null for no: never once anything arrived; with the refused field changed, once for
 * each field; else as `retryWait` says. There are three attempts in all (design, section 5).
 */
export function nextStep(
  { state, failure }: CompletionEnd,
  view: RunView,
  fields: RequestFields,
  attempt: number,
  random: () => number,
): Again | null {
  if (state !== 'failed' || !failure || attempt >= MAX_ATTEMPTS || somethingCame(view)) return null;
  const adaptation = adaptationFor(failure, Object.keys(fields));
  if (adaptation) {
    return { failure: { ...failure, reason: UNSUPPORTED_FIELD }, waitMs: 0, adaptation };
  }
  const waitMs = retryWait({ state, failure }, attempt, random);
  return waitMs === null ? null : { failure, waitMs, adaptation: null };
}

function somethingCame({ choices, usage, completionId, servedModel }: RunView): boolean {
  return choices.length > 0 || usage !== null || completionId !== null || servedModel !== null;
}
