import type { Profile } from '../../shared/profile';

/**
 * Where usage has to be asked for in a stream. Elsewhere it comes by itself, or the field is refused
 * (wire-facts, sections 1, 3 and 4). A refusal is adapted to.
 */
const ASKS_FOR_USAGE: ReadonlySet<Profile> = new Set([
  'openai',
  'azure',
  'ollama',
  'lmstudio',
  'llamacpp',
  'vllm',
  'other',
]);

export function asksForUsage(profile: Profile): boolean {
  return ASKS_FOR_USAGE.has(profile);
}
