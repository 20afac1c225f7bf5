import { useEffect, useRef } from 'react';

/** Whether something can be done at all, and whether what it needs is there. */
export interface Readiness {
  readonly wanted: boolean;
  readonly ready: boolean;
  /** How much of it is known to have gone wrong. */
  readonly spoilt: number;
}

/**
 * Does `act` when called, or as soon as what it needs is there. What can no longer be done by then is
 * not done later either, nor is what has been spoilt by then.
 */
export function useWhenReady({ wanted, ready, spoilt }: Readiness, act: () => void): () => void {
  /** How much had gone wrong when it was asked for; null while nothing waits. */
  const waiting = useRef<number | null>(null);
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    if (!wanted || spoilt > (waiting.current ?? spoilt)) waiting.current = null;
    if (waiting.current === null || !ready) return;
    waiting.current = null;
    latest.current();
  }, [wanted, ready, spoilt]);
  return () => {
    if (!wanted) return;
    if (ready) act();
    else waiting.current = spoilt;
  };
}
