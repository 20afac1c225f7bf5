import type { Offer } from '../../shared/contract/connection';
import { type NanoUsd, parseUsd, parseUsdPerMillion, sumUsd } from '../../shared/money';
import { isRecord, text, type WireRecord } from './wire';

/** What a million units cost, and how that is known. */
export type Prices = Pick<Offer, 'inputPrice' | 'outputPrice' | 'unit' | 'inferred'>;

/** A price with more characters than this is none. */
const MAX_PRICE_LENGTH = 64;

/** The names that servers give one and the same unit. */
const UNITS: ReadonlyMap<string, string> = new Map([
  ['tokens', 'token'],
  ['char', 'character'],
  ['chars', 'character'],
  ['characters', 'character'],
  ['requests', 'request'],
  ['images', 'image'],
  ['minutes', 'minute'],
  ['seconds', 'second'],
]);

/** Units so small that nobody takes a thousandth of a dollar for one. */
const SMALL_UNITS: ReadonlySet<string> = new Set(['token', 'character']);

/** Units whose price can be shown for a million of them. */
const KNOWN_UNITS: ReadonlySet<string> = new Set([...UNITS.values(), 'second', 'minute']);

/** Types of models that are paid by the token wherever it is said (wire-facts, section 1). */
const TEXT_TYPES: ReadonlySet<string> = new Set(['llm', 'vision', 'coding', 'embedding']);

/**
 * The border between prices of one small unit and prices of a million, in nano-dollars for a million:
 * 0.001 dollars for one token would be a thousand dollars for a million, more than any model has
 * asked; 0.001 dollars for a million is less than any model that is not free.
 */
const MOST_PER_MILLION = 1_000_000_000_000n;

/**
 * How far a mean price may be from the average cost of a thousand characters, as a factor both ways.
 * The two readings of a price are a million apart, so this is half of the way between them.
 */
const MAX_DISTANCE = 1_000n;

/** A thousand characters are about 250 tokens, which is one four-thousandth of a million. */
const CHARACTERS_TO_MILLION = 4_000n;

export const UNKNOWN_PRICES: Prices = {
  inputPrice: null,
  outputPrice: null,
  unit: null,
  inferred: false,
};

/** Reads the prices of a row of a model list, in any of its forms. What is not certain is unknown. */
export function readPrices(row: WireRecord): Prices {
  if (isRecord(row.pricing)) return pricesOfTokens(row.pricing);
  const unit = unitOf(row.price_type);
  if (isPrinted(row.input_cost) || isPrinted(row.output_cost)) {
    return concludedPrices(row, unit ?? unitOfType(row.type));
  }
  return statedPrices(row, unit);
}

/**
 * `pricing` at OpenRouter and in `/models/detailed`: dollars for one token. Where the tokens are free
 * but something else is not, the price is not zero.
 */
function pricesOfTokens({ prompt, completion, ...others }: WireRecord): Prices {
  const inputPrice = plausible(priceOf(prompt, 'unit'), 'token');
  const outputPrice = plausible(priceOf(completion, 'unit'), 'token');
  if (inputPrice === null && outputPrice === null) return UNKNOWN_PRICES;
  const isFree = inputPrice === 0n && outputPrice === 0n;
  if (isFree && Object.values(others).some(costsSomething)) return UNKNOWN_PRICES;
  return { inputPrice, outputPrice, unit: 'token', inferred: false };
}

/** `req_price` and `res_price`, documented in 2025: dollars for one of the units of `price_type`. */
function statedPrices(row: WireRecord, unit: string | null): Prices {
  if (unit === null || !KNOWN_UNITS.has(unit)) return { ...UNKNOWN_PRICES, unit };
  return {
    inputPrice: plausible(priceOf(row.req_price, 'unit'), unit),
    outputPrice: plausible(priceOf(row.res_price, 'unit'), unit),
    unit,
    inferred: false,
  };
}

/**
 * `input_cost` and `output_cost`, seen in 2026, do not say whether they are for one unit or for a
 * million (wire-facts, section 2). For tokens and characters their size does: up to 0.001 dollars is
 * for one, more is for a million. Both prices of a row must agree, and so must its average cost of a
 * thousand characters if it has one; else they are unknown. Zero is zero either way.
 */
function concludedPrices(row: WireRecord, unit: string | null): Prices {
  const unknown = { ...UNKNOWN_PRICES, unit };
  const costs = [row.input_cost, row.output_cost].filter(isPrinted);
  if (costs.some((cost) => priceOf(cost, 'million') === null)) return unknown;
  const readings = new Set(costs.filter((cost) => priceOf(cost, 'unit') !== 0n).map(readingOf));
  const [reading = 'million'] = readings;
  const prices = {
    inputPrice: priceOf(row.input_cost, reading),
    outputPrice: priceOf(row.output_cost, reading),
    unit,
  };
  if (readings.size === 0) return { ...prices, inferred: false };
  if (unit === null || !SMALL_UNITS.has(unit) || readings.size > 1) return unknown;
  const known = [prices.inputPrice, prices.outputPrice].filter((price) => price !== null);
  if (known.some((price) => plausible(price, unit) === null)) return unknown;
  return contradicts(row.avg_cost, known) ? unknown : { ...prices, inferred: true };
}

type Reading = 'unit' | 'million';

function readingOf(cost: unknown): Reading {
  const forOne = priceOf(cost, 'unit');
  return forOne !== null && forOne <= MOST_PER_MILLION ? 'unit' : 'million';
}

/** Whether the average cost of a thousand characters speaks against these prices of a million. */
function contradicts(averageCost: unknown, prices: readonly NanoUsd[]): boolean {
  const printed = printedNumber(averageCost);
  const average = printed === null ? null : parseUsd(printed);
  if (average === null || average === 0n) return false;
  const mean = sumUsd(prices) / BigInt(prices.length);
  const stated = average * CHARACTERS_TO_MILLION;
  return stated > mean * MAX_DISTANCE || mean > stated * MAX_DISTANCE;
}

function plausible(price: NanoUsd | null, unit: string): NanoUsd | null {
  return price !== null && SMALL_UNITS.has(unit) && price > MOST_PER_MILLION ? null : price;
}

function priceOf(value: unknown, per: Reading): NanoUsd | null {
  const printed = printedNumber(value);
  return printed === null ? null : parseUsdPerMillion(printed, per);
}

/** Any price that is not zero, also one that cannot be read. */
function costsSomething(value: unknown): boolean {
  return isPrinted(value) && priceOf(value, 'unit') !== 0n;
}

function isPrinted(value: unknown): boolean {
  return printedNumber(value) !== null;
}

/**
 * A number as it was printed. JavaScript prints a number with the fewest digits that name it, which
 * are the server's own up to fifteen of them.
 */
function printedNumber(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' && value.length <= MAX_PRICE_LENGTH
    ? value
    : null;
}

function unitOf(priceType: unknown): string | null {
  const name = text(priceType)?.trim().toLowerCase();
  if (name === undefined || name === '' || name.length > 40) return null;
  return UNITS.get(name) ?? name;
}

function unitOfType(type: unknown): string | null {
  const name = text(type);
  return name !== null && TEXT_TYPES.has(name) ? 'token' : null;
}
