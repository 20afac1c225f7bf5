import type { TFunction } from 'i18next';
import type { Model, Offer } from '../../../shared/contract/connection';
import { type NanoUsd, nano, usdText } from '../../../shared/money';
import { count, decimal, usd } from '../../ui/format';

/** Units that are priced for a million of them; the rest are large enough to be priced one by one. */
const SMALL_UNITS: ReadonlySet<string> = new Set(['token', 'character']);

const MILLION = 1_000_000n;

/** What an offer asks, in words. */
export function priceText(offer: Offer, t: TFunction): string {
  const { inputPrice, outputPrice, unit, inferred } = offer;
  if (inputPrice === null && outputPrice === null) return t('models.priceUnknown');
  if (inputPrice === 0n && outputPrice === 0n) return t('models.free');
  const small = unit === null || SMALL_UNITS.has(unit);
  const figure = (price: NanoUsd) => (small ? exactUsd(price) : exactUsd(nano(price / MILLION)));
  const sides = [
    inputPrice === null ? null : t('models.in', { price: figure(inputPrice) }),
    outputPrice === null ? null : t('models.out', { price: figure(outputPrice) }),
  ].filter((side) => side !== null);
  const prices = sides.join(t('models.comma'));
  const per = t(`models.per.${perOf(unit)}`, { unit: unit ?? '' });
  return t(inferred ? 'models.priceAbout' : 'models.price', { prices, per });
}

const NAMED_UNITS = ['token', 'character', 'request', 'image', 'minute', 'second'] as const;

function perOf(unit: string | null): (typeof NAMED_UNITS)[number] | 'unsaid' | 'other' {
  if (unit === null) return 'unsaid';
  return NAMED_UNITS.find((named) => named === unit) ?? 'other';
}

/** With as many decimals as it has, at least two. */
function exactUsd(amount: NanoUsd): string {
  const fraction = usdText(amount, 9).split('.')[1] ?? '';
  return usd(amount, Math.max(2, fraction.replace(/0+$/, '').length));
}

/** The line below a model's name: what it asks and how many offer it. */
export function modelText(model: Model, t: TFunction): string {
  const { offers } = model;
  const [cheapest] = offers;
  if (!cheapest) return t('models.priceUnknown');
  const named = new Set(offers.flatMap(({ provider }) => (provider === null ? [] : [provider])));
  const price = priceText(cheapest, t);
  const known = cheapest.inputPrice !== null || cheapest.outputPrice !== null;
  if (named.size < 2) return price;
  const said = known ? 'models.providersFrom' : 'models.providers';
  return t(said, { count: named.size, price });
}

/** How many tokens a model takes in, in words; null where no provider says. */
export function contextText({ offers }: Pick<Model, 'offers'>, t: TFunction): string | null {
  const most = Math.max(0, ...offers.map(({ contextTokens }) => contextTokens ?? 0));
  return most > 0 ? t('models.context', { size: sizeText(most) }) : null;
}

/** "128k", "1M": what a context holds is a round figure. */
function sizeText(tokens: number): string {
  if (tokens >= 1_000_000) return `${shortened(tokens / 1_000_000)}M`;
  return tokens >= 1000 ? `${count(Math.round(tokens / 1000))}k` : count(tokens);
}

function shortened(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return decimal(rounded, Number.isInteger(rounded) ? 0 : 1);
}
