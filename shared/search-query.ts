import { type NanoUsd, parseUsd } from './money';
import { type RunState, runState } from './run-state';

/** A word or a phrase that is looked for. */
export interface SearchWord {
  readonly text: string;
  /** Its last word may go on: it is still being written. */
  readonly open: boolean;
}

export const SEARCH_ROLES = ['user', 'assistant'] as const;
export const SEARCH_CONTENTS = ['image', 'code', 'reasoning'] as const;

/** What a field of a query asks for. */
export type SearchField =
  | {
      readonly name: 'cost';
      readonly than: '<' | '<=' | '=' | '>=' | '>';
      readonly amount: NanoUsd;
    }
  | { readonly name: 'model' | 'provider' | 'preset' | 'tag'; readonly value: string }
  | { readonly name: 'role'; readonly value: (typeof SEARCH_ROLES)[number] }
  | { readonly name: 'has'; readonly value: (typeof SEARCH_CONTENTS)[number] }
  | { readonly name: 'state'; readonly value: RunState }
  /** A calendar day, `YYYY-MM-DD`: `before` ends with its start, `after` begins with it. */
  | { readonly name: 'before' | 'after'; readonly day: string };

export interface SearchFilter {
  readonly field: SearchField;
  /** Written with a `-` in front: what fits is left out. */
  readonly not: boolean;
}

export interface SearchQuery {
  /** All of them have to be there. */
  readonly words: readonly SearchWord[];
  /** None of them may be there. */
  readonly without: readonly SearchWord[];
  readonly filters: readonly SearchFilter[];
}

export type SearchProblemReason =
  | 'open_quote'
  | 'no_value'
  | 'not_an_amount'
  | 'not_a_day'
  | 'unknown_value';

/** Where in the text what is wrong with it begins. */
export interface SearchProblem {
  readonly at: number;
  readonly reason: SearchProblemReason;
}

export type ParsedSearch =
  | { readonly ok: true; readonly query: SearchQuery }
  | { readonly ok: false; readonly problem: SearchProblem };

/** The names of fields, as they are written before the colon. */
export const SEARCH_FIELDS = [
  'cost',
  'model',
  'provider',
  'preset',
  'tag',
  'role',
  'before',
  'after',
  'has',
  'state',
] as const;
type FieldName = (typeof SEARCH_FIELDS)[number];

/** An optional `-`, an optional name with a colon, then a quoted text or one without blanks. */
const TOKEN = /(-?)(?:([a-z]+):)?(?:"((?:[^"]|"")*)("?)|([^\s"]*))/iuy;

const AMOUNT = /^(<=|>=|<|>|=)?\$?(.+)$/u;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What the search index can find: it is made of letters and digits. */
const SEARCHABLE = /[\p{L}\p{N}\p{Co}]/u;

/**
 * Reads what was typed into the search: words, "phrases", `-without`, `field:value`. A colon after what is
 * no field is part of the word. Never throws; what cannot be meant is a problem with its place.
 */
export function parseSearch(text: string): ParsedSearch {
  const words: SearchWord[] = [];
  const without: SearchWord[] = [];
  const filters: SearchFilter[] = [];
  for (let at = startOfToken(text, 0); at < text.length; at = startOfToken(text, at)) {
    TOKEN.lastIndex = at;
    const [whole = '', minus = '', prefix, quoted, close, bare = ''] = TOKEN.exec(text) ?? [];
    if (quoted !== undefined && close === '') return failed(text.indexOf('"', at), 'open_quote');
    const value = quoted === undefined ? bare : quoted.replaceAll('""', '"');
    const end = at + Math.max(1, whole.length);
    const name = fieldNamed(prefix);
    if (name) {
      const read = fieldOf(name, value);
      if (typeof read === 'string') return failed(at, read);
      filters.push({ field: read, not: minus !== '' });
    } else {
      const said = prefix === undefined ? value : `${prefix}:${value}`;
      const open = minus === '' && quoted === undefined && end === text.length;
      const list = minus === '' ? words : without;
      if (SEARCHABLE.test(said)) list.push({ text: said, open });
    }
    at = end;
  }
  return { ok: true, query: { words, without, filters } };
}

/** A value as it is written into a query, so that it is read as it is. */
export function quoteSearch(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}

function startOfToken(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/u.test(text.charAt(at))) at += 1;
  return at;
}

function failed(at: number, reason: SearchProblemReason): ParsedSearch {
  return { ok: false, problem: { at, reason } };
}

function fieldNamed(prefix: string | undefined): FieldName | undefined {
  const name = prefix?.toLowerCase();
  return SEARCH_FIELDS.find((field) => field === name);
}

function fieldOf(name: FieldName, text: string): SearchField | SearchProblemReason {
  const value = text.trim();
  if (value === '') return 'no_value';
  switch (name) {
    case 'cost':
      return costOf(value);
    case 'model':
    case 'provider':
    case 'preset':
    case 'tag':
      return { name, value };
    case 'role': {
      const role = SEARCH_ROLES.find((one) => one === value.toLowerCase());
      return role ? { name, value: role } : 'unknown_value';
    }
    case 'has': {
      const content = SEARCH_CONTENTS.find((one) => one === value.toLowerCase());
      return content ? { name, value: content } : 'unknown_value';
    }
    case 'state': {
      const state = runState.safeParse(value.toLowerCase());
      return state.success ? { name, value: state.data } : 'unknown_value';
    }
    case 'before':
    case 'after':
      return isDay(value) ? { name, day: value } : 'not_a_day';
  }
}

function costOf(text: string): SearchField | SearchProblemReason {
  const [, than = '=', dollars = ''] = AMOUNT.exec(text) ?? [];
  const amount = parseUsd(dollars);
  if (amount === null) return 'not_an_amount';
  switch (than) {
    case '<':
    case '<=':
    case '>=':
    case '>':
      return { name: 'cost', than, amount };
    default:
      return { name: 'cost', than: '=', amount };
  }
}

function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
