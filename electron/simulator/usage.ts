import type { Completion } from './completion';
import { exactDollars } from './decimal-dollars';
import type { Piece } from './tokens';

/** A usage block, as sent or as billed. */
export interface SimulatorUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly totalTokens: number;
  readonly promptCharacters: number;
  readonly responseCharacters: number;
  /** Decimal dollars, exactly as printed; what a fault printed instead, without its quotes. */
  readonly cost: string;
  readonly latencyMs: number;
}

/** What of a completion has been generated so far, over all its choices. */
export class Meter {
  completionTokens = 0;
  reasoningTokens = 0;
  responseCharacters = 0;

  count(piece: Piece, thinking: boolean): void {
    this.completionTokens += piece.tokens;
    if (thinking) this.reasoningTokens += piece.tokens;
    else this.responseCharacters += piece.text.length;
  }
}

/** The price of what was generated so far, in nano-dollars: whole numbers throughout. */
export function costOf(completion: Completion, meter: Meter): bigint {
  const { route, promptTokens, factor } = completion;
  const once =
    BigInt(promptTokens) * route.inputPrice + BigInt(meter.completionTokens) * route.outputPrice;
  return once * factor;
}

/** The usage so far with the true cost. */
export function usageOf(completion: Completion, meter: Meter, latencyMs: number): SimulatorUsage {
  return {
    promptTokens: completion.promptTokens,
    completionTokens: meter.completionTokens,
    totalTokens: completion.promptTokens + meter.completionTokens,
    promptCharacters: completion.promptCharacters,
    responseCharacters: meter.responseCharacters,
    cost: exactDollars(costOf(completion, meter)),
    latencyMs,
  };
}

/**
 * The usage block as JSON, in the guide's order of keys, and the same as a record. The text is put
 * together by hand because JSON.stringify can print a cost only after it has become a float.
 */
export function usageText(
  completion: Completion,
  meter: Meter,
  latencyMs: number,
): { text: string; usage: SimulatorUsage } {
  const usage = usageOf(completion, meter, latencyMs);
  const cost = completion.behaviour.cost?.(costOf(completion, meter)) ?? usage.cost;
  const details =
    meter.reasoningTokens > 0
      ? `,"completion_tokens_details":{"reasoning_tokens":${meter.reasoningTokens}}`
      : '';
  const text =
    `{"prompt_tokens":${usage.promptTokens},"completion_tokens":${usage.completionTokens},` +
    `"total_tokens":${usage.totalTokens},"prompt_characters":${usage.promptCharacters},` +
    `"response_characters":${usage.responseCharacters},"cost":${cost},` +
    `"latency_ms":${usage.latencyMs}${details}}`;
  return { text, usage: { ...usage, cost: cost.replaceAll('"', '') } };
}
