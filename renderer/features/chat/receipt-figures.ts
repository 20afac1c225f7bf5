import type { Message, Run } from '../../../shared/contract/conversation';
import type { Failure } from '../../../shared/errors';
import type { RunId } from '../../../shared/ids';
import type { CostSource, NanoUsd } from '../../../shared/money';
import { type LiveRun, liveCharacters } from '../../live/live-run';

/** What a receipt says of the cost. The kinds look different and are never mixed. */
export type Cost =
  | { readonly kind: 'exact'; readonly amount: NanoUsd; readonly source: CostSource }
  | { readonly kind: 'estimated'; readonly amount: NanoUsd }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'running' };

/** A number of tokens: the server's, or about what so many characters come to. */
export interface Tokens {
  readonly count: number;
  readonly counted: boolean;
}

export interface ReceiptFigures {
  readonly cost: Cost;
  readonly prompt: Tokens | null;
  readonly reply: Tokens | null;
  /** How long the answer took; null while it runs or when it is not known. */
  readonly totalMs: number | null;
  readonly model: string;
  readonly provider: string | null;
  /** The connection that turned the request down, so that no model served it. */
  readonly refusedBy: string | null;
}

/**
 * What the model is called in a receipt: the name it was asked by where the served one is the same with
 * its maker in front (`openai/gpt-4o`), else the one that served.
 */
export function modelName(requested: string, served: string | null): string {
  return served === null || served.endsWith(`/${requested}`) ? requested : served;
}

const CHARACTERS_PER_TOKEN = 4;

/** About how many tokens a text of this length is. */
function about(characters: number): Tokens {
  return { count: Math.ceil(characters / CHARACTERS_PER_TOKEN), counted: false };
}

function tokens(counted: number | null, characters: number | null): Tokens | null {
  if (counted !== null) return { count: counted, counted: true };
  return characters === null || characters === 0 ? null : about(characters);
}

/** How many characters of a message arrived, of whatever kind. */
export function charactersOf(message: Pick<Message, 'parts'>): number {
  return message.parts.reduce((sum, part) => sum + part.text.length, 0);
}

export function costOf(run: Run): Cost {
  if (run.state === 'running') return { kind: 'running' };
  if (run.cost === null) return { kind: 'unknown' };
  if (run.costSource === 'estimated') return { kind: 'estimated', amount: run.cost };
  return { kind: 'exact', amount: run.cost, source: run.costSource };
}

/** How many of these messages one request brought; they are paid for together. */
export function answersOfRun(messages: readonly Pick<Message, 'run'>[], id: RunId): number {
  return messages.filter(({ run }) => run?.id === id).length;
}

/** Whether the request ended before any model worked on it, as far as the ledger knows. */
function wasRefused(run: Run, characters: number): boolean {
  return run.state === 'failed' && characters === 0 && run.costSource === 'none';
}

/** The receipt of an answer that is over. */
export function storedFigures(run: Run, characters: number): ReceiptFigures {
  const refused = wasRefused(run, characters);
  return {
    cost: costOf(run),
    prompt: refused ? null : tokens(run.promptTokens, run.promptCharacters),
    reply: tokens(run.completionTokens, run.responseCharacters ?? characters),
    totalMs: run.totalMs,
    model: modelName(run.requestedModel, run.servedModel),
    provider: run.servedProvider,
    refusedBy: refused ? run.connectionName : null,
  };
}

/** The receipt of an answer on its way. */
export function liveFigures(
  live: LiveRun,
  requestedModel: string,
  promptCharacters: number,
): ReceiptFigures {
  const { usage, servedModel, servedProvider } = live.view;
  return {
    cost: { kind: 'running' },
    prompt: tokens(usage?.promptTokens ?? null, promptCharacters),
    reply: tokens(usage?.completionTokens ?? null, liveCharacters(live)),
    totalMs: null,
    model: modelName(requestedModel, servedModel),
    provider: servedProvider,
    refusedBy: null,
  };
}

/** Whether a failure is a matter for the user, or something that broke. */
export function canBeSettled(failure: Failure): boolean {
  return SETTLED_BY_USER.has(failure.code);
}

const SETTLED_BY_USER: ReadonlySet<Failure['code']> = new Set([
  'no_key',
  'key_rejected',
  'no_credit',
  'rate_limited',
  'budget_exceeded',
  'context_too_long',
  'content_blocked',
  'offline',
  'not_found',
]);
