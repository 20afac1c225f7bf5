import { z } from 'zod';

/** An amount of money in nano-dollars (10⁻⁹ USD), exact. Never a `number`: those round. */
export type NanoUsd = bigint & z.$brand<'NanoUsd'>;

export const nanoUsd = z.bigint().brand<'NanoUsd'>();

/** Digits behind the decimal point of one dollar in nano-dollars. */
const NANO_DIGITS = 9;

/**
 * Nothing that one request costs comes near this. A server that reports more is wrong, and a wrong
 * cost must be unknown rather than spoil every total (design, section 5).
 */
const ABSURD_USD_DIGITS = 6;

const MILLION_DIGITS = 6;

/** A thousand dollars for one unit, and so a thousand millions for a million of them. */
const ABSURD_PRICE_DIGITS = 9;

const DECIMAL = /^(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** The amount of `units` nano-dollars; the one door from a plain bigint to money. */
export function nano(units: bigint): NanoUsd {
  return nanoUsd.parse(units);
}

export const ZERO_USD: NanoUsd = nano(0n);

/** The exact sum of any number of amounts. */
export function sumUsd(amounts: Iterable<NanoUsd>): NanoUsd {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return nano(total);
}

/** Where what one request costs becomes absurd: a million dollars. */
export const ABSURD_USD: NanoUsd = nano(10n ** BigInt(ABSURD_USD_DIGITS + NANO_DIGITS));

/**
 * Reads a decimal number of dollars as a server prints it ("0.001878", "1.9e-3") without a float in
 * between. What is finer than a nano-dollar is rounded half to even.
 *
 * Returns null for whatever cannot be a cost: negative, a million dollars or more, not a number.
 * The caller must then treat the cost as unknown, not as zero.
 */
export function parseUsd(text: string): NanoUsd | null {
  return parseShifted(text, 0, ABSURD_USD_DIGITS);
}

/**
 * The price of a million units in nano-dollars, from a decimal number of dollars that is the price of
 * one unit or already that of a million. Exact like `parseUsd`.
 *
 * Returns null for whatever cannot be a price: negative, a thousand dollars or more for one unit, not
 * a number.
 */
export function parseUsdPerMillion(text: string, per: 'unit' | 'million'): NanoUsd | null {
  return parseShifted(text, per === 'unit' ? MILLION_DIGITS : 0, ABSURD_PRICE_DIGITS);
}

/** The amount that `text` names times ten to the power of `shift`, in nano-dollars. */
function parseShifted(text: string, shift: number, absurdDigits: number): NanoUsd | null {
  const match = DECIMAL.exec(text.trim());
  if (!match) return null;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return null;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent) + shift;
  const significant = digits.replace(/^0+/, '');
  if (significant === '') return ZERO_USD;
  const leadingZeros = digits.length - significant.length;
  if (point - leadingZeros > absurdDigits) return null;
  return nano(scaled(digits, point + NANO_DIGITS));
}

/** The integer made of the first `length` of `digits`, rounded half to even by the rest. */
function scaled(digits: string, length: number): bigint {
  if (length < 0) return 0n;
  const kept = BigInt(digits.slice(0, length).padEnd(length, '0') || '0');
  const rest = digits.slice(length);
  if (rest === '') return kept;
  const half = `5${'0'.repeat(rest.length - 1)}`;
  if (rest > half || (rest === half && kept % 2n === 1n)) return kept + 1n;
  return kept;
}

/**
 * The amount as plain decimal dollars with exactly `decimals` digits behind the point (0 to 9),
 * rounded half up, without a currency sign: what goes into CSV and what `Money` draws.
 */
export function usdText(amount: NanoUsd, decimals: number = NANO_DIGITS): string {
  const step = 10n ** BigInt(NANO_DIGITS - decimals);
  const magnitude = amount < 0n ? -amount : amount;
  const rounded = (magnitude + step / 2n) / step;
  const digits = rounded.toString().padStart(decimals + 1, '0');
  const sign = amount < 0n && rounded > 0n ? '-' : '';
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Where a run's cost comes from. The four are never mixed silently (design, section 1). */
export const costSource = z.enum(['reported', 'reconciled', 'estimated', 'unknown', 'none']);
export type CostSource = z.infer<typeof costSource>;

/** A sum of runs that says what it does not know. */
export const total = z.object({
  /** Reported and reconciled costs. */
  known: nanoUsd,
  /** Costs that are only estimated; not part of `known`. */
  estimated: nanoUsd,
  /** Ended runs whose cost nobody knows. */
  unknown: z.number().int().nonnegative(),
  running: z.number().int().nonnegative(),
  /** All of them, those still running too. */
  runs: z.number().int().nonnegative(),
});
export type Total = z.infer<typeof total>;

/** Whether there are answers, and nobody knows, or knows yet, what any of them cost. */
export function isUnknown({ known, estimated, unknown, running, runs }: Total): boolean {
  return known === 0n && estimated === 0n && runs > 0 && unknown + running === runs;
}
