import { z } from 'zod';

/**
 * What this client reads of a completion chunk or a completion. Servers leave out, null or retype
 * almost any field (wire-facts, section 4), so each is optional and of unknown content until it is
 * looked at; only the outline is fixed here.
 *
 * The hot path reads these fields by hand (`decode.ts`): a schema for each of 200,000 chunks would
 * cost more than all other work together. `isRecord` is what stands between it and the wire.
 */
export type WireRecord = { readonly [key: string]: unknown };

export function isRecord(value: unknown): value is WireRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A string that says something; the guide prints a missing fingerprint as the text "null". */
export function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value !== 'null' ? value : null;
}

/** A count, whether it was printed as a number or as a string; null for what cannot be one. */
export function count(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(Math.round(number)) && number >= 0
    ? Math.round(number)
    : null;
}

/** The envelope of `GET /models`: a list, or the bare array that old routes gave; null at Ollama. */
export const modelList = z.union([
  z.array(z.unknown()),
  z.object({ data: z.array(z.unknown()).nullable() }).transform(({ data }) => data ?? []),
]);
