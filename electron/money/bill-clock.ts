import type { OpenEntry, OpenRun } from '../store/queries/billing-match';

/** The clocks of two computers that keep any time are no further apart than this, in milliseconds. */
export const FARTHEST_CLOCK_MS = 15 * 60_000;

/** So many entries have to tell before they say what moment of a run a bill has. */
const FEWEST = 3;

/** The difference between the bill's clock and this computer's, and what moment of a run a bill has. */
export interface BillClock {
  readonly skewMs: number;
  readonly moment: 'start' | 'end' | 'between';
}

/**
 * Learns the clock of a bill from the entries that can only be one run's: those whose counts no other
 * entry and no other run has.
 */
export function clockOf(runs: readonly OpenRun[], entries: readonly OpenEntry[]): BillClock {
  const entryOf = withOwnCounts(entries);
  const pairs = [...withOwnCounts(runs)].flatMap(([counts, run]) => {
    const entry = entryOf.get(counts);
    const near = entry !== undefined && distanceTo(run, entry, NO_SKEW) <= FARTHEST_CLOCK_MS;
    return near ? [{ run, at: momentOf(entry) }] : [];
  });
  if (pairs.length < FEWEST) return NO_SKEW;
  const starts = pairs.map(({ run, at }) => at - run.startedAt);
  const ends = pairs.map(({ run, at }) => at - run.endedAt);
  return spread(starts) <= spread(ends)
    ? { skewMs: median(starts), moment: 'start' }
    : { skewMs: median(ends), moment: 'end' };
}

const NO_SKEW: BillClock = { skewMs: 0, moment: 'between' };

/** How far the time of an entry is from where a run's should be, in milliseconds. */
export function distanceTo(run: OpenRun, entry: OpenEntry, clock: BillClock): number {
  const at = momentOf(entry) - clock.skewMs;
  switch (clock.moment) {
    case 'start':
      return Math.abs(at - run.startedAt);
    case 'end':
      return Math.abs(at - run.endedAt);
    case 'between':
      return Math.abs(beside(run, at));
  }
}

/** Whole seconds are cut off, so the middle of the second is nearest. */
export function momentOf({ at }: OpenEntry): number {
  return at % 1000 === 0 ? at + 500 : at;
}

/** How far a moment is before (less than 0) or behind a run, 0 within. */
function beside({ startedAt, endedAt }: OpenRun, at: number): number {
  if (at < startedAt) return at - startedAt;
  return at > endedAt ? at - endedAt : 0;
}

interface Counted {
  readonly promptTokens: number | null;
  readonly promptCharacters: number | null;
  readonly completionTokens: number | null;
  readonly responseCharacters: number | null;
}

/** Those whose counts nobody else has, by them. */
function withOwnCounts<Item extends Counted>(items: readonly Item[]): Map<string, Item> {
  const found = new Map<string, Item>();
  const several = new Set<string>();
  for (const item of items) {
    const prompt = item.promptTokens ?? item.promptCharacters;
    const reply = item.completionTokens ?? item.responseCharacters;
    if (prompt === null || reply === null) continue;
    const counts = `${prompt}/${reply}`;
    if (found.has(counts)) several.add(counts);
    found.set(counts, item);
  }
  for (const counts of several) found.delete(counts);
  return found;
}

/** 0 for none at all. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function spread(values: readonly number[]): number {
  const middle = median(values);
  return median(values.map((value) => Math.abs(value - middle)));
}
