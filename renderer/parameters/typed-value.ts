import { extraFields, PARAMETER_KEYS } from '../../shared/parameters';
import { jsonErrorAt } from './json-position';

/** What is wrong with something typed; the words are in the locales under `parameters.errors`. */
export type TypedError =
  | { readonly kind: 'notANumber' | 'notWhole' | 'tooLong' | 'notAnObject' | 'notTaken' }
  | { readonly kind: 'range'; readonly min: number; readonly max: number }
  | { readonly kind: 'tooMany'; readonly max: number }
  | { readonly kind: 'json'; readonly line: number; readonly column: number }
  | { readonly kind: 'jsonEnds' }
  | { readonly kind: 'ownField' | 'appField'; readonly field: string };

/** A typed text as a value (undefined unsets it), or what is wrong with it. */
export type Typed<Value> = { readonly value: Value | undefined } | { readonly error: TypedError };

const DECIMAL = /^[-+\u2212]?(\d+([.,]\d*)?|[.,]\d+)$/;

/** Thousands set apart, as figures are written here and there. */
const GROUPED = /^[-+\u2212]?\d{1,3}([.,])\d{3}(\1\d{3})*$/;

/** A number in a range. A comma is a decimal point, as on many keyboards; a whole number has none. */
export function typedNumber(
  text: string,
  { type, min, max }: { type: 'number' | 'integer'; min: number; max: number },
): Typed<number> {
  const trimmed = text.trim();
  if (trimmed === '') return { value: undefined };
  const whole = type === 'integer';
  const written = whole && GROUPED.test(trimmed) ? trimmed.replace(/[.,]/g, '') : trimmed;
  if (!DECIMAL.test(written)) return { error: { kind: 'notANumber' } };
  if (whole && /[.,]\d/.test(written)) return { error: { kind: 'notWhole' } };
  const value = Number(written.replace(',', '.').replace('\u2212', '-'));
  if (value < min || value > max) return { error: { kind: 'range', min, max } };
  return { value };
}

/** How much one key press changes a number: to the next multiple of the step. */
export function stepped(
  value: number | undefined,
  by: 1 | -1,
  { min, max, step }: { min: number; max: number; step: number },
): number {
  if (value === undefined) return startOf({ min, max, step });
  const steps = by > 0 ? Math.floor(value / step + 1e-9) + 1 : Math.ceil(value / step - 1e-9) - 1;
  return Math.min(max, Math.max(min, Number((steps * step).toFixed(6))));
}

/** Where an unset number begins: in the middle of what can be more and less, else low. */
export function startOf({ min, max, step }: { min: number; max: number; step: number }): number {
  if (min < 0) return 0;
  return Math.min(max, Math.max(min, step > 1 ? step * 10 : 1));
}

/** One text a line; `\n`, `\t` and `\\` stand for what cannot be typed in a line. */
export function typedList(text: string, max: number): Typed<string[]> {
  const items = text
    .split('\n')
    .filter((line) => line !== '')
    .map(unescaped);
  if (items.length > max) return { error: { kind: 'tooMany', max } };
  if (items.some((item) => item.length > 200)) return { error: { kind: 'tooLong' } };
  return { value: items.length === 0 ? undefined : items };
}

export function listText(items: readonly string[]): string {
  return items
    .map((item) => item.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t'))
    .join('\n');
}

function unescaped(line: string): string {
  return line.replace(/\\([nt\\])/g, (_, sign: string) => ({ n: '\n', t: '\t' })[sign] ?? '\\');
}

/** A JSON text; empty is nothing. */
export function typedJson(text: string): Typed<unknown> {
  if (text.trim() === '') return { value: undefined };
  const at = jsonErrorAt(text);
  if (at !== null) {
    if (text.slice(at).trim() === '') return { error: { kind: 'jsonEnds' } };
    const before = text.slice(0, at).split('\n');
    const column = (before.at(-1) ?? '').length + 1;
    return { error: { kind: 'json', line: before.length, column } };
  }
  const value: unknown = JSON.parse(text);
  return { value };
}

/** The extra fields: a JSON object with nothing in it that is set elsewhere. */
export function typedExtra(text: string): Typed<Record<string, unknown>> {
  const typed = typedJson(text);
  if ('error' in typed) return typed;
  if (typed.value === undefined) return { value: undefined };
  if (typeof typed.value !== 'object' || typed.value === null || Array.isArray(typed.value)) {
    return { error: { kind: 'notAnObject' } };
  }
  const checked = extraFields.safeParse(typed.value);
  if (checked.success) return { value: checked.data };
  const [issue] = checked.error.issues;
  const field = String(issue?.path[0] ?? '');
  if (issue?.message === 'has_own_field') {
    const own = PARAMETER_KEYS.some((key) => key === field);
    return { error: { kind: own ? 'ownField' : 'appField', field } };
  }
  return { error: { kind: issue?.message === 'too_long' ? 'tooLong' : 'notTaken' } };
}
