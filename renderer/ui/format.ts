import { type NanoUsd, usdText } from '../../shared/money';
import { HIDDEN_MONEY, moneyFormat } from '../../shared/money-text';
import { isMoneyHidden } from './hidden-money';

let locale = 'en';
const formatters = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

/** Sets the locale of everything in this file. To be called before the first render. */
export function setFormatLocale(tag: string): void {
  locale = tag;
  formatters.clear();
}

function dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `date ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known instanceof Intl.DateTimeFormat) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  formatters.set(key, made);
  return made;
}

function numbers(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `number ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known instanceof Intl.NumberFormat) return known;
  const made = new Intl.NumberFormat(locale, options);
  formatters.set(key, made);
  return made;
}

/** What sets thousands apart here: a comma or a point, else nothing that is typed. */
function groupSign(): string {
  const parts = numbers({}).formatToParts(1_234_567);
  return parts.find(({ type }) => type === 'group')?.value ?? '';
}

/** Thousands set apart, by either sign; decimals behind them by the other. */
const GROUPED = /^[1-9]\d{0,2}(?:(,)\d{3})+(?:\.\d*)?$|^[1-9]\d{0,2}(?:(\.)\d{3})+(?:,\d*)?$/;

/**
 * A number that was typed, with a point before its decimals. Either sign may stand there, unless it is the
 * one that sets thousands apart in the language of the app, with three digits behind it.
 */
export function plainDecimal(typed: string): string {
  const [, comma, point] = GROUPED.exec(typed) ?? [];
  const group = comma ?? point;
  const whole = group === groupSign() ? typed.replaceAll(group, '') : typed;
  return whole.replace(',', '.');
}

const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** "14:02". Always in 24 hours, as a till prints it. */
export function timeOfDay(ms: number): string {
  return dates(TIME).format(ms);
}

/** "22 Nov, 14:02". */
export function dayAndTime(ms: number): string {
  return dates({ day: 'numeric', month: 'short', ...TIME }).format(ms);
}

/** "14:02" today, else "22 Nov, 14:02", with the year when it is another one. */
export function moment(ms: number, now: number): string {
  if (daysBetween(ms, now) === 0) return timeOfDay(ms);
  if (new Date(ms).getFullYear() === new Date(now).getFullYear()) return dayAndTime(ms);
  return dates({ day: 'numeric', month: 'short', year: 'numeric', ...TIME }).format(ms);
}

/** "November", or "November 2025" when it lies in another year than `now`. */
export function monthName(ms: number, now: number): string {
  const sameYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  return dates(sameYear ? { month: 'long' } : { month: 'long', year: 'numeric' }).format(ms);
}

/** "22 November". */
export function dayName(ms: number): string {
  return dates({ day: 'numeric', month: 'long' }).format(ms);
}

/** "Saturday, 22 November 2025 at 14:02:07": everything that is known of a moment. */
export function fullMoment(ms: number): string {
  return dates({ dateStyle: 'full', timeStyle: 'medium', hourCycle: 'h23' }).format(ms);
}

/** "Saturday, 22 November", with the year when it is another one than that of `now`. */
export function dayOf(ms: number, now: number): string {
  const sameYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  const day = { weekday: 'long', day: 'numeric', month: 'long' } as const;
  return dates(sameYear ? day : { ...day, year: 'numeric' }).format(ms);
}

/** "1–22 November": the days from one moment to another; with the year unless both are in that of `now`. */
export function dayRange(from: number, to: number, now: number): string {
  const year = (ms: number) => new Date(ms).getFullYear();
  const day = { day: 'numeric', month: 'long' } as const;
  const sameYear = year(from) === year(now) && year(to) === year(now);
  const text = dates(sameYear ? day : { ...day, year: 'numeric' }).formatRange(from, to);
  return text.replace(/\s*–\s*/, '–');
}

/** "22", "22 Nov", "Nov", "Nov 25" or "2025": what stands below a bar. */
export function axisDay(
  ms: number,
  kind: 'day' | 'date' | 'month' | 'monthOfYear' | 'year',
): string {
  return dates(AXIS_DAYS[kind]).format(ms);
}

const AXIS_DAYS = {
  day: { day: 'numeric' },
  date: { day: 'numeric', month: 'short' },
  month: { month: 'short' },
  monthOfYear: { month: 'short', year: '2-digit' },
  year: { year: 'numeric' },
} as const;

/** Calendar days from one moment to a later one, in the user's time zone. */
function daysBetween(earlier: number, later: number): number {
  const a = new Date(earlier);
  const b = new Date(later);
  const day = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((day(b) - day(a)) / 86_400_000);
}

/** How a list of moments is divided: `month` is the rest of this month, then one group a month. */
export type TimeGroup = 'today' | 'yesterday' | 'month' | `${number}-${number}`;

/** The group a moment belongs to. What lies ahead (a clock was set back) counts as today. */
export function timeGroup(ms: number, now: number): TimeGroup {
  const days = daysBetween(ms, now);
  if (days <= 0) return 'today';
  if (days === 1) return 'yesterday';
  const then = new Date(ms);
  const today = new Date(now);
  const sameMonth =
    then.getMonth() === today.getMonth() && then.getFullYear() === today.getFullYear();
  return sameMonth ? 'month' : `${then.getFullYear()}-${then.getMonth() + 1}`;
}

/** "1,904": tokens, answers, rows. */
export function count(value: number): string {
  return numbers({ maximumFractionDigits: 0 }).format(value);
}

/** Signs of units. Most languages write the international ones, a space after the figure. */
interface Units {
  readonly gap: string;
  readonly s: string;
  readonly min: string;
  readonly ms: string;
  readonly between: string;
}

const INTERNATIONAL: Units = { gap: ' ', s: 's', min: 'min', ms: 'ms', between: ' ' };

const CHINESE: Units = { gap: ' ', s: '秒', min: '分', ms: '毫秒', between: ' ' };

function units(): Units {
  return locale.startsWith('zh') ? CHINESE : INTERNATIONAL;
}

/** "3.4", with exactly as many decimals. */
export function decimal(value: number, decimals: number): string {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return numbers(digits).format(value);
}

/** "2.7 s"; from a minute on "1 min 12 s". */
export function seconds(ms: number, decimals: number = 1): string {
  const { gap, s, min, between } = units();
  if (ms < 59_950) return `${decimal(ms / 1000, decimals)}${gap}${s}`;
  const whole = Math.round(ms / 1000);
  const minutes = `${count(Math.floor(whole / 60))}${gap}${min}`;
  return `${minutes}${between}${whole % 60}${gap}${s}`;
}

/** "212 ms". */
export function milliseconds(ms: number): string {
  const { gap, ms: sign } = units();
  return `${count(ms)}${gap}${sign}`;
}

/** "18.4 %". */
export function percent(share: number, decimals: number = 0): string {
  const gap = locale.startsWith('zh') ? '' : ' ';
  return `${decimal(share * 100, decimals)}${gap}%`;
}

/** "+18.4 %", "−8 %": how something changed, as a share of what it was. */
export function change(share: number, decimals: number = 0): string {
  const figure = percent(Math.abs(share), decimals);
  // What rounds to nothing has no direction.
  if (!/[1-9]/.test(figure)) return figure;
  return `${share < 0 ? '\u2212' : '+'}${figure}`;
}

/**
 * "$1,234.56", "1.234,56 $": exact, rounded half up to `decimals` places, minus as U+2212. While money is
 * hidden no figure of this file says an amount.
 */
export function usd(amount: NanoUsd, decimals: number): string {
  if (isMoneyHidden()) return HIDDEN_MONEY;
  return moneyFormat(locale).text(amount, decimals);
}

/** Below this an estimate of four decimals would say next to nothing. */
const SMALL_ESTIMATE = 1_000_000n;

/** "$0.0021–0.0034", or one figure when both ends read the same. */
export function usdRange(low: NanoUsd, high: NanoUsd, decimals?: number): string {
  if (isMoneyHidden()) return HIDDEN_MONEY;
  const places = decimals ?? (high < SMALL_ESTIMATE ? 6 : 4);
  const { prefix, suffix, digits } = moneyFormat(locale);
  const from = digits(low, places);
  const to = digits(high, places);
  return from === to ? usd(low, places) : `${prefix}${from}–${to}${suffix}`;
}

/** A figure in the parts it is drawn in: what informs, and what steps back before or after it. */
export interface UsdParts {
  readonly before: string;
  readonly strong: string;
  readonly after: string;
}

/**
 * Divides a figure by what carries information: below one dollar the leading zeros step back, above
 * it the sub-cents. Nothing to pay is a full statement in a receipt and none in a gauge of cents.
 */
export function usdParts(amount: NanoUsd, decimals: number): UsdParts {
  if (isMoneyHidden()) return { before: '', strong: HIDDEN_MONEY, after: '' };
  const text = usd(amount, decimals);
  const plain = usdText(amount, decimals);
  if (!/[1-9]/.test(plain)) {
    const says = amount === 0n && decimals > 2;
    return says ? { before: '', strong: text, after: '' } : { before: text, strong: '', after: '' };
  }
  const fraction = plain.split('.')[1] ?? '';
  const end = text.length - moneyFormat(locale).suffix.length;
  if (/[1-9]/.test(plain.slice(0, plain.length - fraction.length))) {
    const cut = end - Math.max(0, fraction.length - 2);
    return { before: '', strong: text.slice(0, cut), after: text.slice(cut) };
  }
  const cut = end - fraction.replace(/^0+/, '').length;
  return { before: text.slice(0, cut), strong: text.slice(cut, end), after: text.slice(end) };
}
