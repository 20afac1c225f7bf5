import { z } from 'zod';
import type { Offer } from './contract/connection';
import { type NanoUsd, nano, nanoUsd } from './money';
import type { ParameterValues } from './parameters';

/** The fewest and the most there are likely to be. */
export interface Range<Value> {
  readonly low: Value;
  readonly high: Value;
}

const tokens = z.number().int().nonnegative();
const perMille = z.number().int().nonnegative();

/** What a million tokens cost, in and out. */
export const tokenPrices = z.object({ input: nanoUsd, output: nanoUsd });
export type TokenPrices = z.infer<typeof tokenPrices>;

/** What the user's own ledger says of the answers of one model over one connection. */
export const costRecord = z.object({
  /** How many answers have told their cost. */
  priced: z.number().int().nonnegative(),
  /** What they come to for a million tokens; null while too few have told. */
  prices: tokenPrices.nullable(),
  /** How far most of their costs lay from these prices, in thousandths of them. */
  spread: z.object({ low: perMille, high: perMille }),
  /** What the server counts for a thousand tokens as we estimate them. */
  counted: z.object({ low: perMille, high: perMille }),
  /** What most answers have, in tokens; null while there are too few. */
  reply: z.object({ low: tokens, high: tokens }).nullable(),
});
export type CostRecord = z.infer<typeof costRecord>;

/** Of a model that was never asked. */
export const NO_RECORD: CostRecord = {
  priced: 0,
  prices: null,
  spread: { low: 1000, high: 1000 },
  counted: { low: 1000, high: 1000 },
  reply: null,
};

/** What an estimate is made of: the user's own ledger, or the prices of the catalogue. */
export const estimateBasis = z.enum(['ledger', 'prices']);
export type EstimateBasis = z.infer<typeof estimateBasis>;

/** About what a request costs. */
export interface Estimate extends Range<NanoUsd> {
  readonly basis: EstimateBasis;
}

/** What is known of the price of a model's answers. */
export interface CostSources {
  readonly record: CostRecord;
  /** Of the catalogue; empty where it lacks the model. */
  readonly offers: readonly Offer[];
}

/** What an answer has where nothing is known of the model's own. */
const USUAL_REPLY: Range<number> = { low: 150, high: 600 };

/** How long a reply is likely to be, in tokens: like most of the model's, and never past its own limit. */
export function likelyReply(
  { reply }: Pick<CostRecord, 'reply'>,
  { max_tokens, max_completion_tokens }: ParameterValues,
): Range<number> {
  const { low, high } = reply ?? USUAL_REPLY;
  const most = Math.min(
    max_completion_tokens ?? max_tokens ?? Number.POSITIVE_INFINITY,
    max_tokens ?? Number.POSITIVE_INFINITY,
  );
  return { low: Math.min(low, most), high: Math.min(high, most) };
}

/** The offers a request may be served by, as far as its parameters decide. */
export function possibleOffers(
  { offers }: { readonly offers: readonly Offer[] },
  { provider, routing }: Pick<ParameterValues, 'provider' | 'routing'>,
): readonly Offer[] {
  const named = offers.filter((offer) => provider !== undefined && offer.provider === provider);
  const possible = named.length > 0 ? named : offers;
  return routing === 'price' ? possible.slice(0, 1) : possible;
}

const MILLION = 1_000_000n;
const THOUSAND = 1000n;

/** An amount that was multiplied by `parts`, rounded down or up. */
function whole(amount: bigint, parts: bigint, up: boolean): bigint {
  return (up ? amount + parts - 1n : amount) / parts;
}

/**
 * About what one answer of a model costs for a prompt of so many tokens, as `estimateTokens` counts them:
 * by the ledger, else by the catalogue; null where neither knows a price for tokens.
 */
export function answerEstimate(
  { record, offers }: CostSources,
  prompt: number,
  values: ParameterValues,
): Estimate | null {
  const { prices, spread, counted } = record;
  const reply = likelyReply(record, values);
  // In thousandths of a token.
  const least = BigInt(prompt) * BigInt(counted.low);
  const most = BigInt(prompt) * BigInt(counted.high);
  const cost = (price: TokenPrices, thousandths: bigint, replied: number) =>
    price.input * thousandths + price.output * BigInt(replied) * THOUSAND;
  if (prices) {
    const low = cost(prices, least, reply.low) * BigInt(spread.low);
    const high = cost(prices, most, reply.high) * BigInt(spread.high);
    const parts = MILLION * THOUSAND * THOUSAND;
    return {
      low: nano(whole(low, parts, false)),
      high: nano(whole(high, parts, true)),
      basis: 'ledger',
    };
  }
  const listed = possibleOffers({ offers }, values).map(tokenPricesOf);
  const [first] = listed;
  if (!first) return null;
  let low = cost(first, least, reply.low);
  let high = 0n;
  for (const one of listed) {
    if (!one) return null;
    const from = cost(one, least, reply.low);
    const to = cost(one, most, reply.high);
    if (from < low) low = from;
    if (to > high) high = to;
  }
  const parts = MILLION * THOUSAND;
  return {
    low: nano(whole(low, parts, false)),
    high: nano(whole(high, parts, true)),
    basis: 'prices',
  };
}

/** What an offer asks for tokens; null unless it states both prices for them. */
export function tokenPricesOf({ inputPrice, outputPrice, unit }: Offer): TokenPrices | null {
  if (inputPrice === null || outputPrice === null || unit !== 'token') return null;
  return { input: inputPrice, output: outputPrice };
}

/**
 * About what a message costs that several models answer so many times each; null when one is not known.
 * It comes from the ledger only where all of it does.
 */
export function messageEstimate(
  answers: readonly (Estimate | null | undefined)[],
  times: number,
): Estimate | null {
  let low = 0n;
  let high = 0n;
  let basis: EstimateBasis = 'ledger';
  for (const one of answers) {
    if (!one) return null;
    low += one.low;
    high += one.high;
    if (one.basis === 'prices') basis = 'prices';
  }
  if (answers.length === 0) return null;
  return { low: nano(low * BigInt(times)), high: nano(high * BigInt(times)), basis };
}

/**
 * What an answer with these tokens cost, as far as prices leave no doubt: the ledger's, else those of the
 * provider that served it or of the one there is. Null otherwise. Rounded to the next nano-dollar.
 */
export function costOfTokens(
  { record, offers }: CostSources,
  served: string | null,
  used: { readonly prompt: number; readonly reply: number },
): NanoUsd | null {
  const serving = offers.find(({ provider }) => provider !== null && provider === served);
  const offer = serving ?? (offers.length === 1 ? offers[0] : undefined);
  const prices = record.prices ?? (offer ? tokenPricesOf(offer) : null);
  if (!prices) return null;
  const cost = prices.input * BigInt(used.prompt) + prices.output * BigInt(used.reply);
  return nano((cost + MILLION / 2n) / MILLION);
}
