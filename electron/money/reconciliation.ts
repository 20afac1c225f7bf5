import type { BillingMatch, OpenEntry, OpenRun } from '../store/queries/billing-match';
import { type BillClock, clockOf, distanceTo, FARTHEST_CLOCK_MS, momentOf } from './bill-clock';
import { type Evidence, evidenceFor } from './bill-evidence';
import { choosePairs, type Pair } from './bill-pairs';

/** The same model and counts are the same request when they are this near, in milliseconds. */
const CERTAIN_MS = 30_000;

/** Without counts only time tells, so it has to be nearer. */
const LIKELY_MS = 5_000;

/** How long before and behind a bill's entries runs may lie that are in it, in milliseconds. */
export const BEYOND_BILL_MS = FARTHEST_CLOCK_MS + 60 * 60_000;

/**
 * Finds the run of each entry of a bill, as far as that can be told; no run and no entry twice, and the
 * order of neither matters. What could be confused is left out: an open cost is better than a wrong one.
 *
 * First come runs whose model, counts and time are an entry's. What is left of the entries under the same
 * names of keys (`ownApps`: those known from before) may be runs whose counts nobody was told; and last
 * runs that seemed to cost nothing.
 */
export function reconcile(
  runs: readonly OpenRun[],
  entries: readonly OpenEntry[],
  ownApps: readonly (string | null)[],
): BillingMatch[] {
  const open = new OpenBill(runs, entries);
  const certain = open.match(CERTAIN_MS, ({ confidence }) => confidence === 'certain');
  const own = new Set([...ownApps, ...certain.map(({ entry }) => entry.app)]);
  const isOwn = ({ app }: OpenEntry) => own.size === 0 || own.has(app);
  const likely = open.match(
    LIKELY_MS,
    ({ confidence }, run, entry) =>
      confidence === 'likely' && run.costSource !== 'none' && isOwn(entry),
  );
  const free = open.match(
    LIKELY_MS,
    ({ confidence }, run, entry) =>
      confidence === 'likely' && run.costSource === 'none' && isOwn(entry),
  );
  return [...certain, ...likely, ...free]
    .filter(({ run }) => run.single)
    .map(({ run, entry, confidence }) => ({ id: entry.id, runId: run.id, confidence }));
}

type Wanted = (evidence: Evidence, run: OpenRun, entry: OpenEntry) => boolean;

/** The runs and entries that nothing is known of yet. */
class OpenBill {
  readonly #clock: BillClock;
  #runs: readonly OpenRun[];
  #entries: readonly OpenEntry[];

  constructor(runs: readonly OpenRun[], entries: readonly OpenEntry[]) {
    this.#runs = runs;
    this.#entries = entries.toSorted((a, b) => a.at - b.at || a.id - b.id);
    this.#clock = clockOf(
      runs.filter(({ single }) => single),
      entries,
    );
  }

  /**
   * Chooses among the pairs that are wanted and near. All that were in question are settled by it: one of
   * two that could be confused is not left for a third.
   */
  match(nearMs: number, wanted: Wanted): Pair[] {
    const pairs = this.#runs.flatMap((run) => this.#pairsOf(run, nearMs, wanted));
    const runs = new Set(pairs.map(({ run }) => run));
    const entries = new Set(pairs.map(({ entry }) => entry));
    this.#runs = this.#runs.filter((run) => !runs.has(run));
    this.#entries = this.#entries.filter((entry) => !entries.has(entry));
    return choosePairs(pairs);
  }

  #pairsOf(run: OpenRun, nearMs: number, wanted: Wanted): Pair[] {
    const { skewMs } = this.#clock;
    const pairs: Pair[] = [];
    for (let at = this.#firstFrom(run.startedAt + skewMs - nearMs); ; at += 1) {
      const entry = this.#entries[at];
      if (!entry || momentOf(entry) > run.endedAt + skewMs + nearMs) return pairs;
      const distance = distanceTo(run, entry, this.#clock);
      if (distance > nearMs) continue;
      const evidence = evidenceFor(run, entry);
      if (evidence && wanted(evidence, run, entry))
        pairs.push({ ...evidence, run, entry, distance });
    }
  }

  /** The place of the first entry that is not before a moment. */
  #firstFrom(moment: number): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const entry = this.#entries[middle];
      if (entry && momentOf(entry) < moment) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
