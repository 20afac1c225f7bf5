import { thoughts } from '../answers/reasoning';
import type { Route } from '../catalogue';
import type { Completion } from '../completion';
import { chooseRoute, latencyFor } from '../routing';
import { countPromptTokens, type Piece, piecesOf } from '../tokens';
import { Meter, usageText } from '../usage';
import type { Chance } from './chance';
import type { SampleAnswer, SampleEnd } from './sample';
import type { Way } from './ways';

/** One request to be answered. */
export interface Asking {
  readonly way: Way;
  /** Every text that goes along, the system message first. */
  readonly prompt: readonly string[];
  readonly startedAt: number;
  /** What the model of a route says. */
  readonly words: (route: Route) => string;
}

export interface Fate {
  readonly end: SampleEnd;
  readonly failure: SampleAnswer['failure'];
  readonly refusedFirst: boolean;
  /** The server says nothing of what it used. */
  readonly silent: boolean;
}

export const WELL: Fate = { end: 'complete', failure: null, refusedFirst: false, silent: false };

/** Chunks hold two tokens on average. */
const TOKENS_PER_CHUNK = 2;

/** How long a refusal takes, in milliseconds. */
const REFUSAL_MS = [180, 900] as const;

/** Prices, tokens and usage block are made as the simulator makes them, so the sums are as exact. */
export function answer(
  chance: Chance,
  newId: (digits: number) => string,
  { way, prompt, startedAt, words }: Asking,
  fate: Fate,
): SampleAnswer {
  const { model, parameters, preset } = way;
  const { end, failure, refusedFirst } = fate;
  const promptCharacters = prompt.reduce((sum, text) => sum + text.length, 0);
  const asked = {
    model,
    parameters,
    preset: preset?.name ?? null,
    prompt: { messages: prompt.length, characters: promptCharacters },
    startedAt,
    refusedFirst,
  };
  const route = chooseRoute(model, parameters, promptCharacters);
  if (typeof route === 'string') throw new Error(`the samples ask for ${model}: ${route}`);
  if (failure !== null) {
    const endedAt = startedAt + chance.between(...REFUSAL_MS);
    return { ...asked, endedAt, end, failure, parts: [], served: null, usage: null };
  }
  const completion: Completion = {
    id: `chatcmpl-${newId(32)}`,
    created: Math.floor(startedAt / 1000),
    route,
    behaviour: {},
    choices: [],
    promptTokens: countPromptTokens(prompt),
    promptCharacters,
    factor: parameters.integrity === 12 ? 2n : 1n,
  };
  const meter = new Meter();
  const said = saidUntil(
    end === 'complete' ? 1 : 0.1 + chance.share() * 0.6,
    [
      { kind: 'reasoning', text: route.reasons ? thoughts : '' },
      { kind: 'text', text: words(route) },
    ],
    meter,
  );
  // Once in a while a server is busy.
  const busy = chance.happens(0.04) ? 3 : 1;
  const firstTokenMs = Math.round(
    latencyFor(route, promptCharacters) * (0.75 + chance.share() * 0.6) * busy,
  );
  const chunks = meter.completionTokens / TOKENS_PER_CHUNK;
  const writingMs = ((chunks * 1000) / route.rate) * (0.85 + chance.share() * 0.4);
  const totalMs = Math.round(firstTokenMs + writingMs);
  return {
    ...asked,
    endedAt: startedAt + totalMs,
    end,
    failure,
    parts: said,
    served: {
      completionId: completion.id,
      model: route.model,
      provider: route.provider,
      firstTokenMs,
    },
    usage: end === 'complete' && !fate.silent ? usageText(completion, meter, totalMs).text : null,
  };
}

type Part = SampleAnswer['parts'][number];

/** The parts up to a share of their tokens, from 0 to 1; what was said is on the meter. */
function saidUntil(share: number, parts: readonly Part[], meter: Meter): Part[] {
  const pieces = parts.flatMap((part) =>
    [...piecesOf(part.text)].map((piece): { part: Part; piece: Piece } => ({ part, piece })),
  );
  const kept = pieces.slice(0, Math.max(1, Math.ceil(pieces.length * share)));
  for (const { part, piece } of kept) meter.count(piece, part.kind === 'reasoning');
  return parts
    .map(({ kind }) => ({
      kind,
      text: kept.flatMap(({ part, piece }) => (part.kind === kind ? [piece.text] : [])).join(''),
    }))
    .filter(({ text }) => text !== '');
}
