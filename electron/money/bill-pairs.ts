import type { OpenEntry, OpenRun } from '../store/queries/billing-match';
import type { Evidence } from './bill-evidence';

/** An entry that may be a run's. */
export interface Pair extends Evidence {
  readonly run: OpenRun;
  readonly entry: OpenEntry;
  /** How far their times are apart, in milliseconds. */
  readonly distance: number;
}

/** Times that differ by less do not tell two apart: bills have whole seconds, and requests are on their way. */
const APART_MS = 1_500;

/**
 * Chooses among pairs, each run and each entry at most once: pairs that nothing else comes near, and where
 * several runs could each have several entries of the same cost, one for each run, because then it is
 * all the same. Whatever else could be confused is left. The order of the pairs does not matter.
 */
export function choosePairs(pairs: readonly Pair[]): Pair[] {
  const chosen: Pair[] = [];
  let left = pairs;
  for (;;) {
    const clear = clearPairs(left);
    if (clear.length === 0) break;
    chosen.push(...clear);
    left = without(left, clear);
  }
  for (const cluster of clusters(left)) chosen.push(...interchangeable(cluster));
  return chosen;
}

function without(pairs: readonly Pair[], chosen: readonly Pair[]): Pair[] {
  const runs = new Set(chosen.map(({ run }) => run));
  const entries = new Set(chosen.map(({ entry }) => entry));
  return pairs.filter(({ run, entry }) => !runs.has(run) && !entries.has(entry));
}

/** Pairs that are better than any other of their run and of their entry. No two of them share one. */
function clearPairs(pairs: readonly Pair[]): Pair[] {
  const ofRun = leadsBy(pairs, ({ run }) => run);
  const ofEntry = leadsBy(pairs, ({ entry }) => entry);
  return pairs.filter(
    (pair) => isAhead(ofRun.get(pair.run), pair) && isAhead(ofEntry.get(pair.entry), pair),
  );
}

/** The best pair of a group, and how far the times of the next one of its level are apart. */
interface Lead {
  readonly first: Pair;
  readonly second: number;
}

/** In one go: thousands of requests that are all alike are a million pairs. */
function leadsBy<Key>(pairs: readonly Pair[], keyOf: (pair: Pair) => Key): Map<Key, Lead> {
  const leads = new Map<Key, Lead>();
  for (const pair of pairs) {
    const key = keyOf(pair);
    const lead = leads.get(key);
    if (!lead || pair.level > lead.first.level) {
      leads.set(key, { first: pair, second: Number.POSITIVE_INFINITY });
    } else if (pair.level === lead.first.level) {
      const { first, second } = lead;
      const isNearer = pair.distance < first.distance;
      leads.set(
        key,
        isNearer
          ? { first: pair, second: first.distance }
          : { first, second: Math.min(second, pair.distance) },
      );
    }
  }
  return leads;
}

function isAhead(lead: Lead | undefined, pair: Pair): boolean {
  return lead?.first === pair && lead.second >= pair.distance + APART_MS;
}

function groupedBy<Key>(pairs: readonly Pair[], keyOf: (pair: Pair) => Key): Map<Key, Pair[]> {
  const groups = new Map<Key, Pair[]>();
  for (const pair of pairs) {
    const key = keyOf(pair);
    const group = groups.get(key);
    if (group) group.push(pair);
    else groups.set(key, [pair]);
  }
  return groups;
}

/** Pairs that hang together by their runs and entries. */
function clusters(pairs: readonly Pair[]): Pair[][] {
  const byRun = groupedBy(pairs, ({ run }) => run);
  const byEntry = groupedBy(pairs, ({ entry }) => entry);
  const seen = new Set<Pair>();
  const found: Pair[][] = [];
  for (const pair of pairs) {
    if (seen.has(pair)) continue;
    const cluster = [pair];
    seen.add(pair);
    // Grows while it is gone through.
    for (const { run, entry } of cluster) {
      for (const next of [...(byRun.get(run) ?? []), ...(byEntry.get(entry) ?? [])]) {
        if (seen.has(next)) continue;
        seen.add(next);
        cluster.push(next);
      }
      // Those that hang on them are all in it now.
      byRun.delete(run);
      byEntry.delete(entry);
    }
    found.push(cluster);
  }
  return found;
}

/** One entry for each run where all entries cost the same and there are enough; else none. */
function interchangeable(cluster: readonly Pair[]): Pair[] {
  if (new Set(cluster.map(({ entry }) => entry.cost)).size > 1) return [];
  const nearestFirst = cluster.toSorted(
    (a, b) => a.distance - b.distance || a.entry.id - b.entry.id,
  );
  const byRun = groupedBy(nearestFirst, ({ run }) => run);
  const taken = new Map<OpenEntry, Pair>();
  for (const run of inOrder(byRun.keys())) {
    if (!findEntry(run, byRun, taken, new Set())) return [];
  }
  return [...taken.values()];
}

function inOrder(runs: Iterable<OpenRun>): OpenRun[] {
  return [...runs].sort((a, b) => a.startedAt - b.startedAt || a.id - b.id);
}

/** Finds the nearest entry for a run, if need be by finding others for those that have one (Kuhn). */
function findEntry(
  run: OpenRun,
  byRun: ReadonlyMap<OpenRun, readonly Pair[]>,
  taken: Map<OpenEntry, Pair>,
  tried: Set<OpenEntry>,
): boolean {
  const pairs = byRun.get(run) ?? [];
  // One that nobody has yet spares all the others: among hundreds that are alike each would move many of them.
  const free = pairs.find(({ entry }) => !taken.has(entry));
  if (free) {
    taken.set(free.entry, free);
    return true;
  }
  for (const pair of pairs) {
    if (tried.has(pair.entry)) continue;
    tried.add(pair.entry);
    const holder = taken.get(pair.entry);
    if (holder === undefined || findEntry(holder.run, byRun, taken, tried)) {
      taken.set(pair.entry, pair);
      return true;
    }
  }
  return false;
}
