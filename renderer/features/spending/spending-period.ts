import { z } from 'zod';
import { addDays, type DayRange } from '../../../shared/spending-period';

/** The periods that move on with the calendar, in the order they are offered. */
export const PERIODS = [
  'today',
  'days7',
  'days30',
  'days90',
  'month',
  'lastMonth',
  'year',
  'all',
] as const;
const namedPeriod = z.enum(PERIODS);

/** Days that were chosen by hand. */
const ownDays = z
  .object({ from: z.iso.date(), to: z.iso.date() })
  .refine(({ from, to }) => from <= to);

export const period = z.union([namedPeriod, ownDays]);
export type Period = z.infer<typeof period>;

/** What a filter of the ledger says of the days. */
export interface AskedDays {
  readonly from: string | null;
  readonly to: string | null;
}

/** The calendar day of a moment (ms since 1970) on the clock of this computer, `YYYY-MM-DD`. */
export function calendarDay(ms: number): string {
  const date = new Date(ms);
  const two = (figure: number) => String(figure).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The beginning of a calendar day on the clock of this computer, in ms since 1970. */
export function dayStart(day: string): number {
  return new Date(`${day.slice(0, 10)}T00:00:00`).getTime();
}

/** The days of a period, seen from a day. */
export function daysOf(chosen: Period, today: string): AskedDays {
  if (typeof chosen !== 'string') return chosen;
  const month = `${today.slice(0, 8)}01`;
  switch (chosen) {
    case 'today':
      return { from: today, to: today };
    case 'days7':
      return { from: addDays(today, -6), to: today };
    case 'days30':
      return { from: addDays(today, -29), to: today };
    case 'days90':
      return { from: addDays(today, -89), to: today };
    case 'month':
      return { from: month, to: today };
    case 'lastMonth': {
      const to = addDays(month, -1);
      return { from: `${to.slice(0, 8)}01`, to };
    }
    case 'year':
      return { from: `${today.slice(0, 4)}-01-01`, to: today };
    case 'all':
      return { from: null, to: null };
  }
}

/** The days of a month after the one it is known up to, which the chart shows as still to come. */
export function daysToCome({ from, to }: DayRange, chosen: Period): string[] {
  if (chosen !== 'month') return [];
  const days: string[] = [];
  for (let day = addDays(to, 1); day.slice(0, 7) === from.slice(0, 7); day = addDays(day, 1)) {
    days.push(day);
  }
  return days;
}
