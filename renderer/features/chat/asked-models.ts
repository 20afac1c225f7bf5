import { MAX_TARGETS, type Target } from '../../../shared/contract/run';
import type { ConnectionId } from '../../../shared/ids';
import { MAX_MODELS, modelsOf } from '../../../shared/parameters';
import type { Profile } from '../../../shared/profile';

/** How several models are asked: a request each, or one request for all of them. */
export type AskingMode = 'side' | 'super';

/** Whom the next message goes to. */
export interface AskedModels {
  /** The first is the one of the conversation; empty while none is chosen. */
  readonly models: readonly string[];
  readonly mode: AskingMode;
}

/** What was chosen beside the model of the conversation. */
export interface OtherModels {
  readonly others: readonly string[];
  readonly mode: AskingMode;
}

export const MOST_MODELS = Math.min(MAX_TARGETS, MAX_MODELS);

/** Only APIpie takes several models in one request (guide, "model"). */
export function takesSuperQuery(profile: Profile): boolean {
  return profile === 'apipie';
}

/**
 * The models from what the conversation keeps and what was added since it was opened. A conversation
 * whose last message was a super query keeps all of its models in one name.
 */
export function askedModels(
  model: string | null,
  added: OtherModels | undefined,
  profile: Profile,
): AskedModels {
  const [first, ...kept] = model === null ? [] : modelsOf(model);
  if (first === undefined) return { models: [], mode: 'side' };
  const others = (added?.others ?? kept).filter((other) => other !== first);
  const models = [first, ...new Set(others)].slice(0, MOST_MODELS);
  const wanted = added?.mode ?? (kept.length > 0 ? 'super' : 'side');
  const mode = models.length > 1 && takesSuperQuery(profile) ? wanted : 'side';
  return { models, mode };
}

/** One target for each request. */
export function targetsOf(connectionId: ConnectionId, { models, mode }: AskedModels): Target[] {
  const names = mode === 'super' ? [models.join(',')] : models;
  return names.map((model) => ({ connectionId, model }));
}
