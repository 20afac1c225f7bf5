import type { Profile } from '../../shared/contract/connection';
import { PARAMETERS, type ParameterReach, type ParameterValues } from '../../shared/parameters';

export interface PromptMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** What a completion is asked with; everything but the endpoint. */
export interface CompletionInput {
  readonly profile: Profile;
  readonly model: string;
  readonly messages: readonly PromptMessage[];
  readonly parameters: ParameterValues;
}

/** The fields each profile's servers take. Others answer 422 to what they do not know. */
const REACH: Readonly<Record<Profile, ReadonlySet<ParameterReach>>> = {
  apipie: new Set(['standard', 'vendor']),
  openrouter: new Set(['standard']),
  openai: new Set(['standard']),
  ollama: new Set(['standard']),
  other: new Set(['standard']),
};

/** Where usage has to be asked for in a stream; elsewhere it comes by itself, or the field is refused. */
const ASKS_FOR_USAGE: ReadonlySet<Profile> = new Set(['openai', 'ollama']);

/**
 * The JSON body of a completion request. A parameter that is not set, or that the profile's servers do
 * not know, is absent; an empty system message is left out (wire-facts, section 5, point 1). Several
 * answers (`n`) are asked for unstreamed, because a chunk's index does not tell them apart.
 */
export function requestBody({ profile, model, messages, parameters }: CompletionInput): string {
  const fields: Record<string, unknown> = { model };
  for (const { key, reach } of PARAMETERS) {
    if (key === 'stream') continue;
    const value = parameters[key];
    if (value !== undefined && REACH[profile].has(reach)) fields[key] = value;
  }
  const stream = (parameters.stream ?? true) && (parameters.n ?? 1) === 1;
  fields.stream = stream;
  if (stream && ASKS_FOR_USAGE.has(profile)) fields.stream_options = { include_usage: true };
  fields.messages = messages.filter(({ role, content }) => role !== 'system' || content !== '');
  return JSON.stringify(fields);
}
