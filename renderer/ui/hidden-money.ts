import { useSyncExternalStore } from 'react';

let hidden = false;
const listeners = new Set<() => void>();

/** Hides every amount of money, or shows it. Whoever draws the page draws it anew. */
export function hideMoney(hide: boolean): void {
  if (hide === hidden) return;
  hidden = hide;
  for (const listener of listeners) listener();
}

/** Whether amounts are hidden now. */
export function isMoneyHidden(): boolean {
  return hidden;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The same; draws again when it changes. */
export function useMoneyHidden(): boolean {
  return useSyncExternalStore(subscribe, isMoneyHidden, isMoneyHidden);
}
