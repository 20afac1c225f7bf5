import { answerTo } from './answers/choice';
import { longDocument, sections } from './answers/long-document';
import { hostile, refusal, thoughts } from './answers/reasoning';
import type { Behaviour } from './behaviour';
import type { Route } from './catalogue';
import type { ChatRequest, Prompt } from './chat-request';
import { countPromptTokens, type Piece, piecesOf, tokensOf } from './tokens';

export type PartField = 'content' | 'reasoning' | 'reasoning_content' | 'refusal' | 'tool';

/** A stretch of one answer that travels in one field of the deltas. */
interface Part {
  readonly field: PartField;
  readonly pieces: () => Iterable<Piece>;
}

export interface Choice {
  readonly parts: readonly Part[];
  readonly finish: () => string;
}

/** Everything about a reply that is settled before its first byte. */
export interface Completion {
  readonly id: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly route: Route;
  readonly behaviour: Behaviour;
  readonly choices: readonly Choice[];
  readonly promptTokens: number;
  readonly promptCharacters: number;
  /** How many times the work is charged: 1, or 2 and 3 for integrity 12 and 13. */
  readonly factor: bigint;
}

/** What a picture in the prompt counts, as OpenAI charges one of low detail. */
const TOKENS_PER_IMAGE = 85;

/** One character each of two, three and four bytes in UTF-8. */
const MULTIBYTE_OPENING = 'Grüße — 🌍: ';

const FACTORS = { 11: 1n, 12: 2n, 13: 3n } as const;

export const TOOL_NAME = 'get_weather';
const TOOL_ARGUMENTS = '{"city":"Paris","unit":"celsius"}';

/**
 * Settles a reply. `variant` selects the wording; the choices of one request get different ones.
 * Characters are counted in UTF-16 units, the way a server written in JavaScript would.
 */
export function planCompletion(
  request: ChatRequest,
  prompt: Prompt,
  route: Route,
  behaviour: Behaviour,
  variant: number,
  id: string,
): Completion {
  const choices: Choice[] = [];
  for (let i = 0; i < (request.n ?? 1); i += 1) {
    choices.push(planChoice(request, prompt, route, behaviour, variant + i));
  }
  return {
    id,
    created: Math.floor(Date.now() / 1000),
    route,
    behaviour,
    choices,
    promptTokens: countPromptTokens(prompt.texts) + prompt.images * TOKENS_PER_IMAGE,
    promptCharacters: prompt.texts.reduce((sum, text) => sum + text.length, 0),
    factor: FACTORS[request.integrity ?? 11],
  };
}

function planChoice(
  request: ChatRequest,
  prompt: Prompt,
  route: Route,
  behaviour: Behaviour,
  variant: number,
): Choice {
  const { extra, text } = behaviour;
  const limit = new Limit(request.max_tokens ?? request.max_completion_tokens);
  const parts: Part[] = [];
  const add = (field: PartField, pieces: () => Iterable<Piece>): void => {
    parts.push({ field, pieces: () => limit.cut(pieces()) });
  };

  if (extra === 'reasoning' || extra === 'reasoning_content' || route.reasons) {
    const field = extra === 'reasoning_content' ? 'reasoning_content' : 'reasoning';
    add(field, () => piecesOf(thoughts));
  }
  if (extra === 'tool_calls') {
    add('tool', () => piecesOf(TOOL_ARGUMENTS));
  } else if (extra === 'refusal') {
    add('refusal', () => piecesOf(refusal));
  } else if (text === 'endless') {
    add('content', endlessPieces);
  } else if (typeof text === 'object' && 'record' in text) {
    const document = longDocument(text.record);
    add('content', () => [{ text: document, tokens: Math.ceil(document.length / 4) }]);
  } else {
    const content = contentOf(request, prompt, route, behaviour, variant);
    add('content', () => piecesOf(content));
  }
  const natural = extra === 'tool_calls' ? 'tool_calls' : 'stop';
  return { parts, finish: () => (limit.reached ? 'length' : natural) };
}

function contentOf(
  request: ChatRequest,
  prompt: Prompt,
  route: Route,
  { text, multibyte }: Behaviour,
  variant: number,
): string {
  let content = answerTo(prompt, route.manner, variant);
  if (text === 'hostile') content = hostile;
  else if (typeof text === 'object' && 'long' in text) content = longDocument(text.long);
  if (multibyte) content = MULTIBYTE_OPENING + content;
  if (request.response_format?.type === 'json_object')
    content = JSON.stringify({ answer: content });
  for (const stop of [request.stop ?? []].flat()) {
    const at = stop === '' ? -1 : content.indexOf(stop);
    if (at !== -1) content = content.slice(0, at);
  }
  return content;
}

function* endlessPieces(): Generator<Piece> {
  for (const section of sections()) yield* piecesOf(section);
}

/** Counts the tokens of one choice and stops it at `max_tokens`. */
class Limit {
  reached = false;
  private left: number;

  constructor(limit: number | undefined) {
    this.left = limit ?? Number.POSITIVE_INFINITY;
  }

  *cut(pieces: Iterable<Piece>): Generator<Piece> {
    for (const piece of pieces) {
      if (piece.tokens > this.left) {
        const kept = firstOf(piece.text, this.left);
        this.reached = true;
        if (kept !== '') yield { text: kept, tokens: this.left };
        this.left = 0;
        return;
      }
      this.left -= piece.tokens;
      yield piece;
    }
  }
}

function firstOf(text: string, tokens: number): string {
  return [...tokensOf(text)].slice(0, tokens).join('');
}
