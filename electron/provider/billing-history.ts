import { z } from 'zod';
import { type NanoUsd, parseUsd } from '../../shared/money';
import { ask, type Probe } from './asking';
import type { Endpoint } from './http';
import { count, isRecord, text } from './wire';

/** A billed call. User name and address of the network, which servers tell as well, are left behind. */
export interface BilledCall {
  readonly remoteId: string;
  /** Milliseconds since 1970; servers tell whole seconds. */
  readonly at: number;
  /** The name of the key. */
  readonly app: string | null;
  readonly provider: string | null;
  readonly route: string | null;
  readonly promptTokens: number | null;
  readonly promptCharacters: number | null;
  readonly completionTokens: number | null;
  readonly responseCharacters: number | null;
  /** Null where it makes no sense. */
  readonly cost: NanoUsd | null;
  readonly latencyMs: number | null;
}

/** One page of a history, newest first. */
export interface BillingPage {
  /** In their order; `place` is that among all of the page. An id that comes twice is there once. */
  readonly calls: readonly { readonly place: number; readonly call: BilledCall }[];
  /** How many there were, also those that cannot be read. */
  readonly entries: number;
  /** The places of those that cannot be read. */
  readonly skipped: readonly number[];
  /** What tells this page from others: the ids of its calls, or where it has none, all that is in it. */
  readonly print: string;
  /** Nothing older follows. */
  readonly isLast: boolean;
}

const MAX_NAME_LENGTH = 200;

const page = z.object({ items: z.array(z.unknown()), limit: z.unknown().optional() });

const name = z.unknown().transform(
  (value) =>
    text(value)
      ?.replaceAll(/\p{Cc}/gu, ' ')
      .slice(0, MAX_NAME_LENGTH) ?? null,
);
const amount = z.unknown().transform(count);

/** Only what is named here is kept of an item. */
const item = z.object({
  id: z.union([z.string().min(1).max(MAX_NAME_LENGTH), z.number().int()]).transform(String),
  timestamp: z
    .union([z.string().max(64), z.number()])
    .transform(momentOf)
    .pipe(z.number()),
  app: name,
  provider: name,
  route: name,
  prompt_tokens: amount,
  prompt_char: amount,
  response_tokens: amount,
  response_char: amount,
  cost: z.unknown().transform(costOf),
  latency_ms: amount,
});

/**
 * Asks for a page of what was billed to the key (wire-facts, section 1). Items are read each by itself: one
 * that makes no sense is counted and left out.
 */
export async function askBillingPage(
  endpoint: Endpoint,
  offset: number,
  limit: number,
  signal: AbortSignal,
): Promise<Probe<BillingPage>> {
  const answer = await ask(endpoint, `/queries/?limit=${limit}&offset=${offset}`, signal);
  if (!answer.ok) return answer;
  const read = readBillingPage(answer.value, limit);
  if (read === null) return { ok: false, failure: { code: 'bad_stream', reason: 'not_an_api' } };
  return { ...answer, value: read };
}

/** Null when it is no page of a history. `limit` is how many entries were asked for. */
export function readBillingPage(body: unknown, limit: number): BillingPage | null {
  const read = page.safeParse(body);
  if (!read.success) return null;
  const { items } = read.data;
  const calls = new Map<string, BillingPage['calls'][number]>();
  const skipped: number[] = [];
  for (const [place, found] of items.entries()) {
    const call = callOf(found);
    if (call === null) skipped.push(place);
    else if (!calls.has(call.remoteId)) calls.set(call.remoteId, { place, call });
  }
  // A server may give fewer at a time than it is asked for, and then says how many.
  const given = Math.min(limit, count(read.data.limit) || limit);
  return {
    calls: [...calls.values()],
    entries: items.length,
    skipped,
    print: JSON.stringify(calls.size > 0 ? [...calls.keys()] : items),
    isLast: items.length < given,
  };
}

function callOf(found: unknown): BilledCall | null {
  if (!isRecord(found)) return null;
  const read = item.safeParse(found);
  if (!read.success) return null;
  const { data } = read;
  return {
    remoteId: data.id,
    at: data.timestamp,
    app: data.app,
    provider: data.provider,
    route: data.route,
    promptTokens: data.prompt_tokens,
    promptCharacters: data.prompt_char,
    completionTokens: data.response_tokens,
    responseCharacters: data.response_char,
    cost: data.cost,
    latencyMs: data.latency_ms,
  };
}

const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/i;

/** Numbers below are seconds since 1970, above milliseconds: the border is the year 5138. */
const MOST_SECONDS = 100_000_000_000;

/** The end of the year 9999: what is later can be no date, and no date of a file. */
const LATEST_MS = 253_402_300_799_999;

/** A moment that says no time zone is in UTC. */
function momentOf(printed: string | number): number | null {
  if (typeof printed === 'number') {
    const at = Math.round(printed < MOST_SECONDS ? printed * 1000 : printed);
    return at > 0 && at <= LATEST_MS ? at : null;
  }
  const zone = ISO.exec(printed.trim());
  if (!zone) return null;
  const at = Date.parse(printed.trim().replace(' ', 'T') + (zone[1] === undefined ? 'Z' : ''));
  return Number.isNaN(at) ? null : at;
}

/** A decimal string; what is printed as a number has its digits up to fifteen of them. */
function costOf(printed: unknown): NanoUsd | null {
  if (typeof printed === 'number') return parseUsd(String(printed));
  return typeof printed === 'string' && printed.length <= 64 ? parseUsd(printed) : null;
}
