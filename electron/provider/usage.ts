import { ABSURD_USD, parseUsd, sumUsd } from '../../shared/money';
import type { Usage } from '../../shared/usage';
import { count as countOf, isRecord, type WireRecord } from './wire';

/** Raw usage kept in the ledger; a real block has a few hundred characters. */
const MAX_RAW_LENGTH = 8_000;

/** A cost as it is kept; one with more digits is read all the same. */
const MAX_COST_TEXT_LENGTH = 64;

/**
 * No request comes near as many tokens, characters or milliseconds. What is more is a mistake, such as a
 * negative number in 32 bits, and would spoil every sum and every cost that is made of it.
 */
const MOST_COUNTED = 1_000_000_000;

const COST_TOKEN = /"cost"\s*:\s*("(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*)/g;

/**
 * Reads a usage block (guide, "Usage Metrics in the Response"; OpenAI's and OpenRouter's details).
 * `record` is the text of the record it came in: the exact digits of the cost are taken from it,
 * because `JSON.parse` keeps only what a float can hold.
 */
export function readUsage(block: WireRecord, record: string): Usage {
  const promptDetails = isRecord(block.prompt_tokens_details) ? block.prompt_tokens_details : {};
  const completionDetails = isRecord(block.completion_tokens_details)
    ? block.completion_tokens_details
    : {};
  const costText = readCostText(block.cost, record);
  return {
    promptTokens: count(block.prompt_tokens),
    completionTokens: count(block.completion_tokens),
    totalTokens: count(block.total_tokens),
    cachedTokens: count(promptDetails.cached_tokens ?? block.cached_tokens),
    reasoningTokens: count(completionDetails.reasoning_tokens ?? block.reasoning_tokens),
    promptCharacters: count(block.prompt_characters),
    responseCharacters: count(block.response_characters),
    cost: costText === null ? null : parseUsd(costText),
    costText: costText?.slice(0, MAX_COST_TEXT_LENGTH) ?? null,
    latencyMs: count(block.latency_ms),
    raw: JSON.stringify(block).slice(0, MAX_RAW_LENGTH),
  };
}

/**
 * The later of two blocks of one answer, which counts, with the cost of the earlier where it says nothing of
 * one itself, and with its counts where it has no tokens at all. A cost from before more tokens were counted is not
 * that of the answer.
 */
export function withRestOf(earlier: Usage | null, later: Usage): Usage {
  if (!earlier) return later;
  const tokens = ['promptTokens', 'completionTokens', 'totalTokens'] as const;
  const counted = tokens.every((of) => later[of] === null) ? withCountsOf(earlier, later) : later;
  const isMore = tokens.some((of) => counted[of] !== null && counted[of] !== earlier[of]);
  if (later.costText !== null || isMore) return counted;
  return { ...counted, cost: earlier.cost, costText: earlier.costText };
}

function withCountsOf(earlier: Usage, later: Usage): Usage {
  return {
    ...later,
    promptTokens: earlier.promptTokens,
    completionTokens: earlier.completionTokens,
    totalTokens: earlier.totalTokens,
    cachedTokens: later.cachedTokens ?? earlier.cachedTokens,
    reasoningTokens: later.reasoningTokens ?? earlier.reasoningTokens,
    promptCharacters: later.promptCharacters ?? earlier.promptCharacters,
    responseCharacters: later.responseCharacters ?? earlier.responseCharacters,
    latencyMs: later.latencyMs ?? earlier.latencyMs,
  };
}

/** Stands for an answer whose server says nothing of what it used. */
export const UNKNOWN_USAGE: Usage = {
  promptTokens: null,
  completionTokens: null,
  totalTokens: null,
  cachedTokens: null,
  reasoningTokens: null,
  promptCharacters: null,
  responseCharacters: null,
  cost: null,
  costText: null,
  latencyMs: null,
  raw: 'null',
};

function count(value: unknown): number | null {
  const counted = countOf(value);
  return counted !== null && counted > MOST_COUNTED ? null : counted;
}

/** What several answers used together. A figure that one of them does not give is unknown. */
export function sumUsage(usages: readonly Usage[]): Usage {
  const sum = (of: (usage: Usage) => number | null) => known(usages.map(of), (a, b) => a + b);
  const costs = usages.flatMap(({ cost }) => (cost === null ? [] : [cost]));
  const cost = costs.length === usages.length ? sumUsd(costs) : null;
  return {
    promptTokens: sum((usage) => usage.promptTokens),
    completionTokens: sum((usage) => usage.completionTokens),
    totalTokens: sum((usage) => usage.totalTokens),
    cachedTokens: sum((usage) => usage.cachedTokens),
    reasoningTokens: sum((usage) => usage.reasoningTokens),
    promptCharacters: sum((usage) => usage.promptCharacters),
    responseCharacters: sum((usage) => usage.responseCharacters),
    // What makes no sense as the cost of one request makes none as that of several answers to it.
    cost: cost !== null && cost < ABSURD_USD ? cost : null,
    costText: null,
    latencyMs: known(
      usages.map(({ latencyMs }) => latencyMs),
      Math.max,
    ),
    raw: `[${usages.map(({ raw }) => raw).join(',')}]`.slice(0, MAX_RAW_LENGTH),
  };
}

function known(
  counts: readonly (number | null)[],
  join: (a: number, b: number) => number,
): number | null {
  let all = 0;
  for (const count of counts) {
    if (count === null) return null;
    all = join(all, count);
  }
  return all;
}

/** The digits of the cost as printed: of all `"cost"` tokens in the record, the one that was parsed. */
function readCostText(cost: unknown, record: string): string | null {
  if (typeof cost === 'string') return cost;
  if (typeof cost !== 'number') return null;
  for (const [, token] of record.matchAll(COST_TOKEN)) {
    if (token !== undefined && Number(token) === cost) return token;
  }
  return String(cost);
}
