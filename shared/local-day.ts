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
