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
