/** What other programs' files have is taken as far as it is what it should be. */

export type Fields = ReadonlyMap<string, unknown>;

/** The entries of an object; none where it is not one. Whatever they are called, nothing else is reached. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : new Map();
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text with something in it. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The last day of which every time zone writes the year with four digits, in ms since 1970. */
export const LAST_DAY = Date.UTC(9999, 11, 30);

function moment(ms: number): number | null {
  const whole = Math.round(ms);
  return whole > 0 && whole <= LAST_DAY ? whole : null;
}

/** Ms since 1970 from seconds, also with a fraction; null for what is no time. */
export function fromSeconds(value: unknown): number | null {
  return typeof value === 'number' ? moment(value * 1000) : null;
}

/** Ms since 1970 from a date in words, or from ms. */
export function fromDate(value: unknown): number | null {
  if (typeof value === 'number') return moment(value);
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? null : moment(ms);
}

/** The bytes of a `data:` address in base64, as base64. */
export function dataOf(url: string): string | null {
  const [, data = null] = /^data:[^,]*;base64,(.*)$/s.exec(url) ?? [];
  return data;
}
