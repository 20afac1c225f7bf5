import type { MonthForecast } from '../../shared/contract/budget';
import { type NanoUsd, nano } from '../../shared/money';

/** What was spent on a calendar day, `YYYY-MM-DD`. Days without spending need not be named. */
export interface SpentDay {
  readonly day: string;
  readonly spent: bigint;
}

/** How far back spending is looked at, in weeks before today. */
const WEEKS = 8;

/** Fewer weeks say nothing of weekdays. */
const LEAST_WEEKS = 2;

/** Fewer days with spending say nothing either. */
const LEAST_DAYS = 5;

const DAY_MS = 24 * 3_600_000;

function shifted(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + by * DAY_MS).toISOString().slice(0, 10);
}

/** The first day that a forecast made today looks at. */
export function forecastFrom(today: string): string {
  return shifted(today, -7 * WEEKS);
}

/** The last day of the month of a day. */
export function lastOfMonth(day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/**
 * What will have been spent by the end of this month, from what was spent on the same weekdays of the last
 * eight weeks: the mean, and between the means of the cheaper and of the dearer half of them. Today counts
 * as far as it has not been spent yet. `history` may begin earlier and ends today; the first day with
 * spending is taken as the first of use, before which nothing is known.
 *
 * Null while there are less than two weeks of it, or hardly any spending in them. Never below `spent`, what
 * the month has cost so far.
 */
export function forecastMonth(
  history: readonly SpentDay[],
  spent: NanoUsd,
  today: string,
): MonthForecast | null {
  const from = forecastFrom(today);
  const byDay = new Map<string, bigint>();
  for (const { day, spent: amount } of history) {
    // A clock that was set back leaves days that are still to come.
    if (day >= from && day <= today && amount > 0n) byDay.set(day, (byDay.get(day) ?? 0n) + amount);
  }
  const spentToday = byDay.get(today) ?? 0n;
  byDay.delete(today);
  const [first] = [...byDay.keys()].toSorted();
  if (first === undefined || byDay.size < LEAST_DAYS) return null;
  if (shifted(first, 7 * LEAST_WEEKS) > today) return null;

  const last = lastOfMonth(today);
  const sum = { low: spent as bigint, middle: spent as bigint, high: spent as bigint };
  for (let day = today; day <= last; day = shifted(day, 1)) {
    const seen: bigint[] = [];
    for (let weeks = 1; weeks <= WEEKS; weeks += 1) {
      const earlier = firstLike(today, day, weeks);
      if (earlier >= first) seen.push(byDay.get(earlier) ?? 0n);
    }
    const usual = usualOf(seen);
    const already = day === today ? spentToday : 0n;
    for (const which of ['low', 'middle', 'high'] as const) {
      if (usual[which] > already) sum[which] += usual[which] - already;
    }
  }
  return { low: nano(sum.low), middle: nano(sum.middle), high: nano(sum.high) };
}

/** The same weekday as that of `day`, so many weeks before the first such day from today on. */
function firstLike(today: string, day: string, weeks: number): string {
  const away = Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS) % 7;
  return shifted(today, away - 7 * weeks);
}

function usualOf(seen: readonly bigint[]) {
  const ordered = seen.toSorted((a, b) => (a === b ? 0 : a < b ? -1 : 1));
  const half = Math.ceil(ordered.length / 2);
  return {
    low: meanOf(ordered.slice(0, half)),
    middle: meanOf(ordered),
    high: meanOf(ordered.slice(ordered.length - half)),
  };
}

/** Rounded down; nothing of nothing. */
function meanOf(amounts: readonly bigint[]): bigint {
  if (amounts.length === 0) return 0n;
  return amounts.reduce((sum, amount) => sum + amount, 0n) / BigInt(amounts.length);
}
