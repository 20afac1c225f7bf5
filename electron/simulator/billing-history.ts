import type { FixedReply } from './behaviour';
import { fixedDollars } from './decimal-dollars';
import { json } from './error-replies';
import type { SimulatorUsage } from './usage';

/** One billed call, as GET /v1/queries lists it. */
export interface BilledCall {
  readonly id: number;
  readonly username: string;
  readonly timestamp: string;
  readonly app: string;
  readonly provider: string;
  readonly route: string;
  readonly unit: string;
  readonly prompt_tokens: number;
  readonly prompt_char: number;
  readonly response_tokens: number;
  readonly response_char: number;
  readonly cost: string;
  readonly latency_ms: number;
  readonly source_ip: string;
  readonly chat_id: string | null;
}

const DEFAULT_LIMIT = 50;
const LARGEST_LIMIT = 1000;

/** Older calls are forgotten beyond this; the real service keeps them. */
const MOST_CALLS = 20_000;

/** Digits behind the point of a cost, as in the documentation's example. */
const COST_PLACES = 10;

function natural(text: string | null, fallback: number): number {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : fallback;
}

/** What the simulator would have sent a bill for. */
export class BillingHistory {
  private readonly calls: unknown[] = [];
  /** Called before a page is made up: may enter calls, or answer otherwise instead. */
  beforePage: (query: URLSearchParams) => FixedReply | null = () => null;

  constructor(private nextId: number) {}

  add(provider: string, route: string, usage: SimulatorUsage, nanoUsd: bigint, at: number): void {
    const call: BilledCall = {
      id: this.nextId,
      username: 'demo',
      // The service's timestamps are whole seconds.
      timestamp: new Date(Math.floor(at / 1000) * 1000).toISOString(),
      app: 'slice',
      provider,
      route,
      unit: 'token',
      prompt_tokens: usage.promptTokens,
      prompt_char: usage.promptCharacters,
      response_tokens: usage.completionTokens,
      response_char: usage.responseCharacters,
      cost: fixedDollars(nanoUsd, COST_PLACES),
      latency_ms: usage.latencyMs,
      source_ip: '127.0.0.1',
      chat_id: null,
    };
    this.nextId += 1;
    this.enter(call);
  }

  /** Enters what another program was billed for, or what makes no sense, as the newest entry. */
  enter(call: unknown): void {
    this.calls.push(call);
    if (this.calls.length > MOST_CALLS) this.calls.shift();
  }

  /** The answer to GET /v1/queries for its query string: newest first. */
  page(query: URLSearchParams): FixedReply {
    const instead = this.beforePage(query);
    if (instead) return instead;
    const limit = Math.min(natural(query.get('limit'), DEFAULT_LIMIT), LARGEST_LIMIT);
    const offset = natural(query.get('offset'), 0);
    const newestFirst = this.calls.toReversed();
    return json(200, { items: newestFirst.slice(offset, offset + limit), limit, offset });
  }
}
