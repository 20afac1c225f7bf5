import type { Profile } from '../../shared/profile';
import { isRecord } from './wire';

/** A request that costs nothing and that nobody is answered without a key. */
export interface KeyProof {
  readonly path: string;
  /** Whether an answer is what this path answers with, and not what stands for any path. */
  readonly isAnswer: (body: unknown) => boolean;
}

/** What is known of a profile's servers besides the fields they take. */
interface ProfileFacts {
  /** Where the model list needs no key; null where the list itself is all there is to ask for. */
  readonly keyProof: KeyProof | null;
  /** Whether usage has to be asked for in a stream. A refusal is adapted to. */
  readonly asksForUsage: boolean;
}

const OPENAI_LIKE: ProfileFacts = { keyProof: null, asksForUsage: true };

const FACTS: Readonly<Record<Profile, ProfileFacts>> = {
  // Usage comes without asking (wire-facts, section 2); the history is the cheap check of a key there.
  apipie: {
    keyProof: {
      path: '/queries?limit=1&offset=0',
      isAnswer: (body) => isRecord(body) && Array.isArray(body.items),
    },
    asksForUsage: false,
  },
  // Usage always comes, and `/key` tells what is left of the key (wire-facts, section 3).
  openrouter: {
    keyProof: { path: '/key', isAnswer: (body) => isRecord(body) && isRecord(body.data) },
    asksForUsage: false,
  },
  openai: OPENAI_LIKE,
  azure: OPENAI_LIKE,
  // 422 on `stream_options` (wire-facts, section 4).
  mistral: { keyProof: null, asksForUsage: false },
  ollama: OPENAI_LIKE,
  lmstudio: OPENAI_LIKE,
  llamacpp: OPENAI_LIKE,
  vllm: OPENAI_LIKE,
  other: OPENAI_LIKE,
};

export function asksForUsage(profile: Profile): boolean {
  return FACTS[profile].asksForUsage;
}

export function keyProofOf(profile: Profile): KeyProof | null {
  return FACTS[profile].keyProof;
}
