import type { MessageId } from '../../../shared/ids';
import type { LiveRun } from '../../live/live-run';

/** The ledger does not keep how long a model thought; the window does, for as long as it is open. */
const known = new Map<MessageId, number>();
const KEPT = 2000;

/** How long a model thought before it spoke, in milliseconds; null where that was not watched. */
export function thinkingTime(id: MessageId, live: LiveRun | null): number | null {
  const now = live?.thoughtMs ?? null;
  if (now === null) return known.get(id) ?? null;
  if (!known.has(id)) {
    known.set(id, now);
    const oldest = known.keys().next();
    if (known.size > KEPT && !oldest.done) known.delete(oldest.value);
  }
  return now;
}
