import { EMPTY_RUN_VIEW, type RunView, reduceRun } from '../../shared/run-view';
import type { CompletionEnd } from '../provider/completion';
import type { Store } from '../store/client';
import type { UnendedRun } from '../store/queries/recovery';
import { outcomeOf } from './outcome';

/**
 * Ends every run that was still running when the app last ended, or when the store's thread did and
 * nobody works on it: what the journal holds is kept, and a cost nobody reported is unknown. Returns how
 * many there were.
 */
export async function recoverRuns(
  store: Store,
  now: number,
  isAbandoned: (run: UnendedRun) => boolean = () => true,
): Promise<number> {
  const unended = (await store.read.listUnendedRuns()).filter(isAbandoned);
  for (const { id, startedAt, events } of unended) {
    const view = events.reduce(reduceRun, EMPTY_RUN_VIEW);
    const outcome = outcomeOf(view, endOf(view), {
      endedAt: Math.max(now, startedAt),
      firstTokenMs: null,
      totalMs: null,
    });
    await store.write.endRun(
      id,
      outcome,
      view.choices.map(({ parts }) => parts),
    );
  }
  return unended.length;
}

function endOf({ failure, choices }: RunView): CompletionEnd {
  if (failure) return { state: 'failed', failure };
  const finished = choices.some(({ finishReason }) => finishReason !== null);
  return finished
    ? { state: 'complete', failure: null }
    : { state: 'incomplete', failure: { code: 'incomplete', reason: 'app_ended' } };
}
