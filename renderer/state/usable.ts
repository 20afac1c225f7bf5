import { useEffect } from 'react';

/** The moment one can begin to write, in the page's own timeline; the start bench reads it. */
const USABLE = 'slice:usable';

/** How long the first moment after a start is, in milliseconds. */
const REST_MS = 500;

let becameUsable: () => void = () => undefined;
/** Resolves once one can write. */
export const usable = new Promise<void>((resolve) => {
  becameUsable = resolve;
});

/**
 * Resolves once the page has been usable for a moment and has nothing else to do: when what may be
 * needed next can be loaded without anyone waiting for it.
 */
export async function whenAtRest(): Promise<void> {
  await usable;
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  await new Promise((resolve) => requestIdleCallback(resolve));
}

/** Marks the first time that what can be written into has been painted. */
export function useUsableMark(): void {
  useEffect(() => {
    if (performance.getEntriesByName(USABLE).length > 0) return;
    // The second frame begins after the first one was painted.
    const frame = requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        performance.mark(USABLE);
        becameUsable();
      }),
    );
    return () => cancelAnimationFrame(frame);
  }, []);
}
