import { z } from 'zod';
import { type RunId, runId } from '../../../shared/ids';
import { nano } from '../../../shared/money';
import { charactersOf, EMPTY_RUN_VIEW, reduceRun } from '../../../shared/run-view';
import { type StreamEvent, streamEvent } from '../../../shared/stream-event';
import type { ReadDb, WriteDb } from '../connection';
import { statement } from '../statement';
import { endRun } from './run-life';
import type { RunOutcome } from './runs';

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
      events: journalOf(db, runId.parse(row.id)),
    }));
}

/** Everything that the journal holds of a run, in order. */
function journalOf(db: ReadDb, id: RunId): readonly StreamEvent[] {
  return statement<{ events: string }>(
    db,
    'SELECT events FROM run_journal WHERE run_id = ? ORDER BY position',
  )
    .all(id)
    .flatMap((entry) => decodeEvents(entry.events));
}

/**
 * Ends a run with what the journal holds and `rest`, the events since: so the whole of a long answer
 * need not cross from main again. Returns false, and changes nothing, when that does not come to
 * `characters` in all; then main has more than the journal.
 */
export function endRunFromJournal(
  db: WriteDb,
  id: RunId,
  outcome: RunOutcome,
  rest: readonly StreamEvent[],
  characters: number,
): boolean {
  const { choices } = [...journalOf(db, id), ...rest].reduce(reduceRun, EMPTY_RUN_VIEW);
  const answers = choices.map(({ parts }) => parts);
  if (charactersOf(answers) !== characters) return false;
  endRun(db, id, outcome, answers);
  return true;
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
