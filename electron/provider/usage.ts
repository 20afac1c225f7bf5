import { parseUsd } from '../../shared/money';
import type { Usage } from '../../shared/usage';
import { count, isRecord, type WireRecord } from './wire';

/** Raw usage kept in the ledger; a real block has a few hundred characters. */
const MAX_RAW_LENGTH = 8_000;

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
    costText,
    latencyMs: count(block.latency_ms),
    raw: JSON.stringify(block).slice(0, MAX_RAW_LENGTH),
  };
}

/** The digits of the cost as printed: of all `"cost"` tokens in the record, the one that was parsed. */
function readCostText(cost: unknown, record: string): string | null {
  if (typeof cost === 'string') return cost.slice(0, 64);
  if (typeof cost !== 'number') return null;
  for (const [, token] of record.matchAll(COST_TOKEN)) {
    if (token !== undefined && Number(token) === cost) return token.slice(0, 64);
  }
  return String(cost).slice(0, 64);
}
