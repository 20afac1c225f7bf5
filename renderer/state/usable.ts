import { useEffect } from 'react';

/** The moment one can begin to write, in the page's own timeline; the start bench reads it. */
const USABLE = 'slice:usable';

/** Marks the first time that what can be written into has been painted. */
export function useUsableMark(): void {
  useEffect(() => {
    if (performance.getEntriesByName(USABLE).length > 0) return;
    // The second frame begins after the first one was painted.
    const frame = requestAnimationFrame(() =>
      requestAnimationFrame(() => performance.mark(USABLE)),
    );
    return () => cancelAnimationFrame(frame);
  }, []);
}
