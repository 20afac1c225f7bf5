import type { Behaviour, FixedReply } from './behaviour';
import type { BillingHistory } from './billing-history';
import { faultRoute, type Route } from './catalogue';
import type { ChatRequest, Prompt } from './chat-request';
import { type Completion, planCompletion } from './completion';
import { apiError } from './error-replies';
import { behaviourOf, isFaultName } from './faults';
import { hashOf } from './hash';
import { chooseRoute } from './routing';

/** What outlives one request. */
export interface ChatMemory {
  readonly pace: 'natural' | 'instant';
  readonly history: BillingHistory;
  readonly newId: (digits: number) => string;
  /** How often a model was asked the same thing, by hash. */
  readonly asked: Map<number, number>;
  /** The address of another port of this machine. */
  readonly elsewhere: () => Promise<string>;
}

/** Where one of the request's models leads: a plan, or the reply that says why not. */
export type Planned =
  | { readonly completion: Completion }
  | { readonly refused: FixedReply }
  | { readonly silent: true };

/** Three openings times two closings. */
const ACCENTS = 6;

/**
 * Settles what one of the request's models will answer: picks route and wording, and notes that it
 * was asked.
 */
export async function planModel(
  memory: ChatMemory,
  request: ChatRequest,
  prompt: Prompt,
  name: string,
): Promise<Planned> {
  const question = hashOf(`${name}\n${prompt.lastUserText}`);
  const timesAsked = memory.asked.get(question) ?? 0;
  memory.asked.set(question, timesAsked + 1);

  let route: Route;
  // Models differ in their wording, too; the first answer of a fault is always the same.
  let accent = 0;
  let behaviour: Behaviour = {};
  if (isFaultName(name)) {
    const found = behaviourOf(name);
    if (found === null) return { refused: unknownModel(name) };
    behaviour = found;
    route = faultRoute(name.slice(name.lastIndexOf('/') + 1), request.provider);
  } else {
    const characters = prompt.texts.reduce((sum, text) => sum + text.length, 0);
    const chosen = chooseRoute(name, request, characters);
    if (chosen === 'unknown-model') return { refused: unknownModel(name) };
    if (typeof chosen === 'string') {
      const message =
        chosen === 'not-a-chat-model'
          ? `The model '${name}' does not answer chat requests`
          : `The provider '${request.provider}' does not serve the model '${name}'`;
      return { refused: apiError(400, message, 'invalid_request_error', { param: 'model' }) };
    }
    route = chosen;
    accent = (hashOf(chosen.model) >>> 8) % ACCENTS;
  }
  if (behaviour.silent || (behaviour.text === 'endless' && !request.stream)) {
    return { silent: true };
  }
  if (behaviour.redirect) {
    const headers = { location: await memory.elsewhere() };
    return { refused: { status: 307, headers, contentType: 'text/plain', body: '' } };
  }
  const variant = accent + (request.seed === undefined ? timesAsked : Math.abs(request.seed));
  const id = `chatcmpl-${memory.newId(32)}`;
  const completion = planCompletion(request, prompt, route, behaviour, variant, id);
  const fixed = behaviour.fixed?.({
    request,
    model: route.model,
    promptTokens: completion.promptTokens,
    firstTime: timesAsked === 0,
  });
  return fixed ? { refused: fixed } : { completion };
}

function unknownModel(name: string): FixedReply {
  return apiError(404, `The model '${name}' does not exist`, 'model_not_found', { param: 'model' });
}
