import { useState } from 'react';

const KEPT = 500;

const kept = new Map<string, boolean>();

/**
 * A choice of the reader's that outlives what it was made on: what scrolls far out of sight is taken away
 * and comes back as it was. The key has to say what it is of and of which text; null while that grows,
 * when there is nothing to choose.
 */
export function useKeptChoice(key: string | null): [boolean, (chosen: boolean) => void] {
  const [, drawAnew] = useState(0);
  const choose = (chosen: boolean) => {
    if (key === null) return;
    kept.delete(key);
    kept.set(key, chosen);
    const oldest = kept.keys().next();
    if (kept.size > KEPT && !oldest.done) kept.delete(oldest.value);
    drawAnew((times) => times + 1);
  };
  return [key !== null && (kept.get(key) ?? false), choose];
}
