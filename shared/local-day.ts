const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * The calendar day of a moment (ms since 1970) in a time zone, as `YYYY-MM-DD`. Formatters are kept:
 * making one costs a thousand times what using it does.
 */
export function localDay(at: number, timeZone: string): string {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter.format(at);
}

/** How far the clocks of the world are from UTC at most, in milliseconds. */
const FARTHEST_ZONE_MS = 26 * 3_600_000;

/** The first moment (ms since 1970) of a calendar day, `YYYY-MM-DD`, in a time zone. */
export function startOfDay(day: string, timeZone: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  let before = utc - FARTHEST_ZONE_MS;
  let within = utc + FARTHEST_ZONE_MS;
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (localDay(middle, timeZone) < day) before = middle;
    else within = middle;
  }
  return within;
}

const HOUR_MS = 3_600_000;

/**
 * When each hour of a calendar day begins (ms since 1970): 23 or 25 of them where the clock changes. The
 * last may be shorter, where it changes by less than an hour.
 */
export function hoursOfDay(day: string, timeZone: string): number[] {
  const end = startOfDay(followingDay(day), timeZone);
  const hours: number[] = [];
  for (let at = startOfDay(day, timeZone); at < end; at += HOUR_MS) hours.push(at);
  return hours;
}

function followingDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 24 * HOUR_MS).toISOString().slice(0, 10);
}

/** A moment on the clock of a time zone, with how far that is from UTC: `2026-10-25T02:00+01:00`. */
export function localTime(at: number, timeZone: string): string {
  const parts = clockOf(timeZone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((found) => found.type === type)?.value ?? '';
  const offset = part('timeZoneName').replace('GMT', '') || '+00:00';
  return `${localDay(at, timeZone)}T${part('hour')}:${part('minute')}${offset}`;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'longOffset',
    });
    clocks.set(timeZone, clock);
  }
  return clock;
}
