import { runState } from '../../../shared/run-state';
import {
  parseSearch,
  quoteSearch,
  SEARCH_CONTENTS,
  SEARCH_FIELDS,
  SEARCH_ROLES,
} from '../../../shared/search-query';

export type FieldName = (typeof SEARCH_FIELDS)[number];

/** The part of a query that the caret stands in, as far as it was written up to there. */
export interface CaretWord {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Finds the word at the caret; what stands in quotes is one word. */
export function wordAt(query: string, caret: number): CaretWord {
  let start = 0;
  let quoted = false;
  for (let at = 0; at < caret; at += 1) {
    const sign = query.charAt(at);
    if (sign === '"') quoted = !quoted;
    else if (!quoted && /\s/u.test(sign)) start = at + 1;
  }
  return { start, end: caret, text: query.slice(start, caret) };
}

/** A field whose value is being written. */
export interface OpenField {
  readonly field: FieldName;
  /** With the minus that leaves out what fits, if there is one. */
  readonly lead: string;
  /** What of the value is written. */
  readonly prefix: string;
}

/** Reads `field:value` off a word; null when it is no field. */
export function openField(word: string): OpenField | null {
  const [, minus = '', name = '', prefix = ''] = /^(-?)([a-z]+):"?(.*)$/iu.exec(word) ?? [];
  const field = SEARCH_FIELDS.find((known) => known === name.toLowerCase());
  return field ? { field, lead: `${minus}${field}:`, prefix } : null;
}

/** Puts a value in the place of the word at the caret. Gives the query and where the caret goes. */
export function withValue(
  query: string,
  word: CaretWord,
  lead: string,
  value: string,
): { readonly query: string; readonly caret: number } {
  const written = /[\s"]/u.test(value) ? quoteSearch(value) : value;
  const before = `${query.slice(0, word.start)}${lead}${written} `;
  const after = query.slice(word.end).replace(/^"?\s*/u, '');
  return { query: before + after, caret: before.length };
}

/** Fields whose values the ledger knows. */
export const LEDGER_FIELDS = ['model', 'provider', 'preset', 'tag'] as const;
export type LedgerField = (typeof LEDGER_FIELDS)[number];

/** Whether the values of a field are asked of main. */
export function isLedgerField(field: FieldName): field is LedgerField {
  return LEDGER_FIELDS.some((known) => known === field);
}

const DAY_MS = 86_400_000;

/** The values that need no asking: the few there are, or examples of what can be written. */
export function fixedValues(
  field: Exclude<FieldName, LedgerField>,
  today: number,
): readonly string[] {
  switch (field) {
    case 'cost':
      return ['>0.01', '>0.1', '>1', '<0.01'];
    case 'role':
      return SEARCH_ROLES;
    case 'has':
      return SEARCH_CONTENTS;
    case 'state':
      return runState.options;
    case 'before':
    case 'after': {
      const start = new Date(today);
      const month = new Date(start.getFullYear(), start.getMonth(), 1).getTime();
      const year = new Date(start.getFullYear(), 0, 1).getTime();
      const days = [today, today - 7 * DAY_MS, month, year].map(dayText);
      return [...new Set(days)];
    }
  }
}

/** The calendar day in the user's time zone, as a query writes it. */
function dayText(ms: number): string {
  const date = new Date(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The values that begin with what is written, then those that have it. */
export function fittingValues(values: readonly string[], prefix: string): readonly string[] {
  const wanted = prefix.trim().toLowerCase();
  const begins = values.filter((value) => value.toLowerCase().startsWith(wanted));
  const has = values.filter(
    (value) => !begins.includes(value) && value.toLowerCase().includes(wanted),
  );
  return [...begins, ...has].filter((value) => value.toLowerCase() !== wanted);
}

/** A query in three parts: before what is wrong, what is wrong, and after it. */
export function problemParts(query: string, at: number): readonly [string, string, string] {
  const rest = query.slice(at);
  const quote = rest.startsWith('"');
  const length = quote ? rest.length : (/^\S+/u.exec(rest)?.[0].length ?? rest.length);
  return [query.slice(0, at), rest.slice(0, length), rest.slice(length)];
}

/** What is asked of main: the query without what is wrong in it; null when nothing is left. */
export function askedQuery(query: string): string | null {
  const parsed = parseSearch(query);
  if (parsed.ok) return query.trim() === '' ? null : query;
  const [before, , after] = problemParts(query, parsed.problem.at);
  return askedQuery(`${before.trimEnd()} ${after.trimStart()}`.trim());
}
