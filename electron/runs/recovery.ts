import { EMPTY_RUN_VIEW, reduceRun } from '../../shared/run-view';
import type { Store } from '../store/client';
import { outcomeOf } from './outcome';

/**
 * Ends every run that was still running when the app last ended: what the journal holds is kept, and
 * a cost nobody reported is unknown. Returns how many there were.
 */
export async function recoverRuns(store: Store, now: number): Promise<number> {
  const unended = await store.read.listUnendedRuns();
  for (const { id, startedAt, events } of unended) {
    const view = events.reduce(reduceRun, EMPTY_RUN_VIEW);
    const finished = view.choices.some(({ finishReason }) => finishReason !== null);
    const outcome = outcomeOf(
      view,
      finished
        ? { state: 'complete', failure: null }
        : { state: 'incomplete', failure: { code: 'incomplete', reason: 'app_ended' } },
      { endedAt: Math.max(now, startedAt), firstTokenMs: null, totalMs: null },
    );
    await store.write.endRun(
      id,
      outcome,
      view.choices.map(({ parts }) => parts),
    );
  }
  return unended.length;
}
