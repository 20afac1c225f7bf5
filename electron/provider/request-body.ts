import type { ChatSettings } from '../../shared/chat-settings';
import { factorsOf, PARAMETER_KEYS, valuesFor } from '../../shared/parameters';
import type { Profile } from '../../shared/profile';
import type { RequestFields } from './adapt';
import { asksForUsage } from './profiles';

export interface PromptMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
  /** Data URIs. */
  readonly images: readonly string[];
}

/** What a completion is asked with; everything but the endpoint. */
export interface CompletionInput {
  readonly profile: Profile;
  /** Several joined by commas are a super query (guide, "model"). */
  readonly model: string;
  readonly messages: readonly PromptMessage[];
  readonly settings: Pick<ChatSettings, 'parameters' | 'extra'>;
}

/**
 * The fields of a completion request. A parameter that is not set, or that the profile's servers do not
 * know, is absent; an empty system message is left out (wire-facts, section 5, point 1). Several answers
 * (`n`) are asked for unstreamed, because a chunk's index does not tell them apart; so is a super query,
 * whose stream nobody describes (wire-facts, section 2). Extra fields are merged in last.
 */
export function requestFields({
  profile,
  model,
  messages,
  settings,
}: CompletionInput): RequestFields {
  const values = valuesFor(profile, settings.parameters);
  const { answers, models } = factorsOf(model, values);
  const stream = (values.stream ?? true) && answers === 1 && models === 1;
  const fields: Record<string, unknown> = { model };
  for (const key of PARAMETER_KEYS) {
    if (key === 'stream' || key === 'stream_options') continue;
    if (values[key] !== undefined) fields[key] = values[key];
  }
  fields.stream = stream;
  const options = values.stream_options ?? (asksForUsage(profile) ? { include_usage: true } : null);
  // OpenAI refuses it in a request that is not streamed (wire-facts, section 3).
  if (stream && options) fields.stream_options = options;
  fields.messages = messages.filter(saysSomething).map(wireMessage);
  return { ...fields, ...settings.extra };
}

function saysSomething({ role, text }: PromptMessage): boolean {
  return role !== 'system' || text !== '';
}

/** Plain text as the guide has it; content parts, as OpenAI's form has them, where there are images. */
function wireMessage({ role, text, images }: PromptMessage) {
  if (images.length === 0) return { role, content: text };
  const pictures = images.map((url) => ({ type: 'image_url', image_url: { url } }));
  return { role, content: [...(text === '' ? [] : [{ type: 'text', text }]), ...pictures] };
}
