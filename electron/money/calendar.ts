import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../store/client';

/** Between two slices others may write. */
const PAUSE_MS = 10;

/**
 * Brings every row of the ledger to its day in the user's time zone, where that is another one than before.
 * `moved` is called once if any was. A little at a time, behind everything else; what is left when the app ends is done at its next start.
 */
export async function followCalendar(
  store: Store,
  timeZone: string,
  moved: () => void,
  signal: AbortSignal,
): Promise<void> {
  let rows = 0;
  while (!signal.aborted) {
    const slice = await store.write.moveCalendar(timeZone);
    rows += slice.moved;
    if (slice.done) break;
    await pause(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
  if (rows > 0 && !signal.aborted) moved();
}
