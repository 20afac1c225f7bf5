import { useEffect, useState } from 'react';

/** A timer set for longer drifts when the computer sleeps; it is set again in steps of this. */
const LONGEST_WAIT_MS = 10 * 60_000;

function startOfDay(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}

/**
 * Tells the start of the current day, now and from time to time, and just when a new one begins, until what it
 * returns is called.
 */
export function followToday(begins: (today: number) => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const look = () => {
    const now = Date.now();
    begins(startOfDay(now));
    const tomorrow = new Date(now).setHours(24, 0, 0, 0);
    timer = setTimeout(look, Math.min(tomorrow - now + 50, LONGEST_WAIT_MS));
  };
  look();
  return () => clearTimeout(timer);
}

/** The start of the current day; renders again when a new one begins. */
export function useToday(): number {
  const [today, setToday] = useState(() => startOfDay(Date.now()));
  useEffect(() => followToday(setToday), []);
  return today;
}
