import { useEffect, useState } from 'react';
import { seconds } from '../../ui/format';

const STEP_MS = 100;

/** The present, anew in steps of so many milliseconds; null stands still. */
export function useNow(stepMs: number | null): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (stepMs === null) return;
    const timer = setInterval(() => setNow(Date.now()), stepMs);
    return () => clearInterval(timer);
  }, [stepMs]);
  return now;
}

/** The time since a moment, counting on. */
export function Elapsed({ since }: { since: number }) {
  return seconds(Math.max(0, useNow(STEP_MS) - since));
}
