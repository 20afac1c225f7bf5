import { useEffect, useState } from 'react';

/** A timer set for longer drifts when the computer sleeps; it is set again in steps of this. */
const LONGEST_WAIT_MS = 10 * 60_000;

function startOfDay(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}

/** The start of the current day; renders again when a new one begins. */
export function useToday(): number {
  const [today, setToday] = useState(() => startOfDay(Date.now()));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const look = () => {
      const now = Date.now();
      setToday(startOfDay(now));
      const tomorrow = new Date(now).setHours(24, 0, 0, 0);
      timer = setTimeout(look, Math.min(tomorrow - now + 50, LONGEST_WAIT_MS));
    };
    look();
    return () => clearTimeout(timer);
  }, []);
  return today;
}
