import type { BucketSize } from './contract/spending';

/** The most buckets that a range is cut into, as long as years are not needed. */
const MOST_BUCKETS = 62;

const DAY_MS = 86_400_000;

/** Some calendar days in a row, the first and the last included, as `YYYY-MM-DD`. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** The calendar day so many days later; earlier for a negative number. */
export function addDays(day: string, days: number): string {
  return new Date(momentOf(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** How many days a range has. */
export function lengthOf({ from, to }: DayRange): number {
  return Math.round((momentOf(to) - momentOf(from)) / DAY_MS) + 1;
}

/**
 * What a range is compared with: for days from the first of a month or of a year on and within it, the
 * same days of the one before, and all of that for all of this; else as many days right before.
 */
export function previousRange({ from, to }: DayRange): DayRange {
  if (from.endsWith('-01') && monthOf(from) === monthOf(to)) return monthBefore(from, to);
  if (from.endsWith('-01-01') && from.slice(0, 4) === to.slice(0, 4)) return yearBefore(from, to);
  return { from: addDays(from, -lengthOf({ from, to })), to: addDays(from, -1) };
}

function monthBefore(from: string, to: string): DayRange {
  const last = addDays(from, -1);
  const month = monthOf(last);
  const isWhole = monthOf(addDays(to, 1)) !== monthOf(to);
  const day = isWhole || to.slice(8) > last.slice(8) ? last.slice(8) : to.slice(8);
  return { from: `${month}-01`, to: `${month}-${day}` };
}

function yearBefore(from: string, to: string): DayRange {
  const year = addDays(from, -1).slice(0, 4);
  const day = to.slice(4) === '-02-29' ? '-02-28' : to.slice(4);
  return { from: `${year}-01-01`, to: `${year}${day}` };
}

/**
 * A range cut into buckets of one size: the first day of each, of the first one the range's own. Of one
 * day, which is cut into hours elsewhere, that is the day.
 */
export function bucketsOf(range: DayRange): { size: BucketSize; starts: string[] } {
  const days = lengthOf(range);
  if (days <= 1) return { size: 'hour', starts: [range.from] };
  const size = sizeOf(range, days);
  const starts: string[] = [];
  for (let day = range.from; day <= range.to; day = nextStart(day, size)) starts.push(day);
  return { size, starts };
}

function sizeOf({ from, to }: DayRange, days: number): BucketSize {
  if (days <= MOST_BUCKETS) return 'day';
  if (days <= MOST_BUCKETS * 7 - 6) return 'week';
  return monthNumber(to) - monthNumber(from) < MOST_BUCKETS ? 'month' : 'year';
}

function nextStart(day: string, size: BucketSize): string {
  switch (size) {
    case 'hour':
    case 'day':
      return addDays(day, 1);
    case 'week':
      // 1 January 1970 was a Thursday; weeks begin on Monday.
      return addDays(day, 7 - ((momentOf(day) / DAY_MS + 3) % 7));
    case 'month':
      return `${monthOf(addDays(`${monthOf(day)}-01`, 31))}-01`;
    case 'year':
      return `${addDays(`${day.slice(0, 4)}-01-01`, 366).slice(0, 4)}-01-01`;
  }
}

/** A range as its whole months, if it has any (`YYYY-MM`), and the days before and after them. */
export function monthsIn({ from, to }: DayRange): { months: DayRange | null; days: DayRange[] } {
  const first = from.endsWith('-01') ? from : nextStart(from, 'month');
  const afterTo = addDays(to, 1);
  const end = `${monthOf(afterTo)}-01`;
  if (first >= end) return { months: null, days: [{ from, to }] };
  const days: DayRange[] = [];
  if (from < first) days.push({ from, to: addDays(first, -1) });
  if (end <= to) days.push({ from: end, to });
  return { months: { from: monthOf(first), to: monthOf(addDays(end, -1)) }, days };
}

function momentOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function monthOf(day: string): string {
  return day.slice(0, 7);
}

function monthNumber(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
}
