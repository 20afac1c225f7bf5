import { useMemo } from 'react';

/** How many colours the design has for the parts of a chart; all further ones share the last. */
export const SERIES = 6;

/** Which of the colours a name has, from 0 on. */
export type Colours = ReadonlyMap<string, number>;

/**
 * Gives each of the names that are shown together a colour of its own, for the first so many as there
 * are. One that has had a colour keeps it, whatever is shown now; the others take what is left in order.
 * The result remembers those that are not shown as well.
 */
export function keptColours(before: Colours, names: readonly string[]): Colours {
  const shown = names.slice(0, SERIES);
  const after = new Map(before);
  const taken = new Set<number>();
  const without: string[] = [];
  for (const name of shown) {
    const had = before.get(name);
    if (had === undefined || taken.has(had)) without.push(name);
    else taken.add(had);
  }
  for (const name of without) {
    const free = Array.from({ length: SERIES }, (_, at) => at).find((at) => !taken.has(at)) ?? 0;
    taken.add(free);
    after.set(name, free);
  }
  return after;
}

let kept: Colours = new Map();

/** The colours of the groups of a report, as they were as long as the page is open. */
export function useColours(groups: readonly { readonly key: string }[]): Colours {
  return useMemo(() => {
    kept = keptColours(
      kept,
      groups.map(({ key }) => key),
    );
    return kept;
  }, [groups]);
}

/** What a colour is written as; null is what all the rest shares. */
export function colourOf(series: number | null): string {
  return series === null ? 'var(--c-other)' : `var(--c-${series + 1})`;
}
