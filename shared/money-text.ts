import { type NanoUsd, usdText } from './money';

/** What stands in the place of an amount while money is hidden; as long for a cent as for a fortune. */
export const HIDDEN_MONEY = '•••';

/** How a locale writes amounts of dollars. */
export interface MoneyFormat {
  /** What stands before and behind the digits: the dollar sign, with the space the locale leaves. */
  readonly prefix: string;
  readonly suffix: string;
  /** The digits with the locale's signs between them, rounded half up, without minus and currency. */
  digits(amount: NanoUsd, decimals: number): string;
  /** The whole figure: exact, the minus as U+2212. */
  text(amount: NanoUsd, decimals: number): string;
}

const formats = new Map<string, MoneyFormat>();

/** The format of a locale (BCP 47), made once. */
export function moneyFormat(locale: string): MoneyFormat {
  const known = formats.get(locale);
  if (known) return known;
  const made = makeFormat(locale);
  formats.set(locale, made);
  return made;
}

function makeFormat(locale: string): MoneyFormat {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const point =
    new Intl.NumberFormat(locale, { minimumFractionDigits: 1 })
      .formatToParts(0)
      .find((part) => part.type === 'decimal')?.value ?? '.';
  const parts = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: 0,
  }).formatToParts(0);
  const figure = parts.findIndex((part) => part.type === 'integer');
  const joined = (some: typeof parts) => some.map(({ value }) => value).join('');
  const prefix = joined(parts.slice(0, figure));
  const suffix = joined(parts.slice(figure + 1));
  const digits = (amount: NanoUsd, decimals: number) => {
    const [units = '0', fraction] = usdText(amount, decimals).replace('-', '').split('.');
    return whole.format(BigInt(units)) + (fraction === undefined ? '' : point + fraction);
  };
  return {
    prefix,
    suffix,
    digits,
    text: (amount, decimals) => {
      const minus = usdText(amount, decimals).startsWith('-') ? '\u2212' : '';
      return minus + prefix + digits(amount, decimals) + suffix;
    },
  };
}
