import type { Connection } from '../../shared/contract/connection';
import { needsKey } from '../../shared/profile';

/** Whether nothing can be sent before the user enters a key. */
export function wantsKey({ isDemo, profile, keyState }: Connection): boolean {
  if (isDemo) return false;
  return keyState === 'unreadable' || (keyState === 'missing' && needsKey(profile));
}
