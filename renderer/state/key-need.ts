import type { Connection, Profile } from '../../shared/contract/connection';

const HOSTED: readonly Profile[] = ['apipie', 'openrouter', 'openai'];

/** Whether a server of this kind answers nobody without a key. */
export function needsKey(profile: Profile): boolean {
  return HOSTED.includes(profile);
}

/** Whether nothing can be sent before the user enters a key. */
export function wantsKey({ isDemo, profile, keyState }: Connection): boolean {
  if (isDemo) return false;
  return keyState === 'unreadable' || (keyState === 'missing' && needsKey(profile));
}
