import { z } from 'zod';

/**
 * Which dialect a server speaks; decides the fields a request may carry. `other` is any server that
 * follows OpenAI's form (wire-facts, section 4, has what each of them does differently).
 */
export const profile = z.enum([
  'apipie',
  'openrouter',
  'openai',
  'azure',
  'mistral',
  'ollama',
  'lmstudio',
  'llamacpp',
  'vllm',
  'other',
]);
export type Profile = z.infer<typeof profile>;

const KEYLESS: ReadonlySet<Profile> = new Set(['ollama', 'lmstudio', 'llamacpp', 'vllm', 'other']);

/** Whether servers of this profile answer nobody without a key. */
export function needsKey(profile: Profile): boolean {
  return !KEYLESS.has(profile);
}
