import type { Model, Offer } from '../../../shared/contract/connection';
import type { Message } from '../../../shared/contract/conversation';
import { type NanoUsd, nano } from '../../../shared/money';
import type { ParameterValues } from '../../../shared/parameters';

/** About what the next request carries, in tokens. */
export interface PromptTokens {
  /** The system prompt and the earlier messages that go along. */
  readonly history: number;
  /** What is written. */
  readonly typed: number;
  readonly files: number;
  readonly images: number;
}

export function promptTotal({ history, typed, files, images }: PromptTokens): number {
  return history + typed + files + images;
}

/** The fewest and the most there are likely to be. */
export interface Range<Value> {
  readonly low: Value;
  readonly high: Value;
}

/** What an answer has where nothing is known of the conversation's own. */
const USUAL_REPLY: Range<number> = { low: 150, high: 600 };

const LAST_ANSWERS = 5;

/** How long a reply is likely to be: like the last of the conversation, and never past its own limit. */
export function likelyReply(
  messages: readonly Pick<Message, 'run'>[],
  { max_tokens, max_completion_tokens }: ParameterValues,
): Range<number> {
  const counts: number[] = [];
  for (let at = messages.length - 1; at >= 0 && counts.length < LAST_ANSWERS; at--) {
    const run = messages[at]?.run;
    if (run?.state === 'complete' && run.completionTokens !== null && run.completionTokens > 0) {
      counts.push(run.completionTokens);
    }
  }
  const most = Math.min(
    max_completion_tokens ?? max_tokens ?? Number.POSITIVE_INFINITY,
    max_tokens ?? Number.POSITIVE_INFINITY,
  );
  const low = counts.length === 0 ? USUAL_REPLY.low : Math.min(...counts);
  const high = counts.length === 0 ? USUAL_REPLY.high : Math.max(...counts);
  return { low: Math.min(low, most), high: Math.min(high, most) };
}

/** The offers a request may be served by, as far as its parameters decide. */
export function possibleOffers(
  { offers }: Pick<Model, 'offers'>,
  { provider, routing }: Pick<ParameterValues, 'provider' | 'routing'>,
): readonly Offer[] {
  const named = offers.filter((offer) => provider !== undefined && offer.provider === provider);
  const possible = named.length > 0 ? named : offers;
  return routing === 'price' ? possible.slice(0, 1) : possible;
}

const MILLION = 1_000_000n;

/**
 * What one answer of a model costs by its list, from the dearest and the cheapest of these offers; null
 * unless each states its prices for tokens.
 */
export function answerPrice(
  offers: readonly Offer[],
  prompt: number,
  reply: Range<number>,
): Range<NanoUsd> | null {
  const lows: bigint[] = [];
  const highs: bigint[] = [];
  for (const { inputPrice, outputPrice, unit } of offers) {
    if (inputPrice === null || outputPrice === null || unit !== 'token') return null;
    const input = inputPrice * BigInt(prompt);
    lows.push((input + outputPrice * BigInt(reply.low)) / MILLION);
    highs.push((input + outputPrice * BigInt(reply.high) + MILLION - 1n) / MILLION);
  }
  if (lows.length === 0) return null;
  return { low: nano(lows.reduce(smaller)), high: nano(highs.reduce(larger)) };
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/** What a message costs that several models answer so many times each; null when one is not known. */
export function messagePrice(
  models: readonly (Range<NanoUsd> | null | undefined)[],
  times: number,
): Range<NanoUsd> | null {
  let low = 0n;
  let high = 0n;
  for (const one of models) {
    if (!one) return null;
    low += one.low;
    high += one.high;
  }
  if (models.length === 0) return null;
  return { low: nano(low * BigInt(times)), high: nano(high * BigInt(times)) };
}

/** How many tokens the offer with the largest context takes in; null where none says. */
export function contextTokens(offers: readonly Offer[]): number | null {
  const known = offers.flatMap((offer) =>
    offer.contextTokens === null ? [] : offer.contextTokens,
  );
  return known.length === 0 ? null : Math.max(...known);
}
