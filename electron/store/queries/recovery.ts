import { z } from 'zod';
import { type RunId, runId } from '../../../shared/ids';
import { nano } from '../../../shared/money';
import { type StreamEvent, streamEvent } from '../../../shared/stream-event';
import type { ReadDb } from '../connection';
import { statement } from '../statement';

const events = z.array(streamEvent);

/**
 * A run that has no end, and what the journal holds of its answer. Where their fold still waits
 * (`waiting` is not null), the request never left.
 */
export interface UnendedRun {
  readonly id: RunId;
  readonly startedAt: number;
  readonly events: readonly StreamEvent[];
}

/** Every run without an end. Only at the start of the app is that a run nobody works on any more. */
export function listUnendedRuns(db: ReadDb): UnendedRun[] {
  return statement<{ id: number; started_at: number }>(
    db,
    "SELECT id, started_at FROM run WHERE state = 'running' ORDER BY id",
  )
    .all()
    .map((row) => ({
      id: runId.parse(row.id),
      startedAt: row.started_at,
      events: statement<{ events: string }>(
        db,
        'SELECT events FROM run_journal WHERE run_id = ? ORDER BY position',
      )
        .all(row.id)
        .flatMap((entry) => decodeEvents(entry.events)),
    }));
}

/**
 * An entry that cannot be read loses itself only, not the answer around it. It may have said that the
 * request left, so it counts as saying that: a run that may have left may have cost something.
 */
function decodeEvents(source: string): readonly StreamEvent[] {
  try {
    return events.parse(
      JSON.parse(source, (key, value: unknown) =>
        key === 'cost' && typeof value === 'string' ? nano(BigInt(value)) : value,
      ),
    );
  } catch {
    return [{ type: 'sent' }];
  }
}
