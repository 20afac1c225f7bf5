import { useSyncExternalStore } from 'react';

const NARROW = '(max-width: 899px)';

function subscribe(listener: () => void): () => void {
  const media = matchMedia(NARROW);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

/** Whether the window is too narrow for sidebar and thread side by side. */
export function useNarrowWindow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(NARROW).matches);
}
