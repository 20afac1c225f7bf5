import { useEffect, useState } from 'react';
import { seconds } from '../../ui/format';

const STEP_MS = 100;

/** The time since a moment, counting on. */
export function Elapsed({ since }: { since: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), STEP_MS);
    return () => clearInterval(timer);
  }, []);
  return seconds(Math.max(0, now - since));
}
