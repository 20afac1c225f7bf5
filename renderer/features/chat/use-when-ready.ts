import { useEffect, useRef } from 'react';

/** Whether something can be done at all, and whether what it needs is there. */
export interface Readiness {
  readonly wanted: boolean;
  readonly ready: boolean;
}

/**
 * Does `act` when called, or as soon as what it needs is there. What can no longer be done by then is
 * not done later either.
 */
export function useWhenReady({ wanted, ready }: Readiness, act: () => void): () => void {
  const waiting = useRef(false);
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    if (!wanted) waiting.current = false;
    if (!waiting.current || !ready) return;
    waiting.current = false;
    latest.current();
  }, [wanted, ready]);
  return () => {
    if (!wanted) return;
    if (ready) act();
    else waiting.current = true;
  };
}
