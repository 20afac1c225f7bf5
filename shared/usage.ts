import { z } from 'zod';
import { nanoUsd } from './money';

const count = z.number().int().nonnegative().nullable();

/**
 * The usage block of an answer, every field of the guide; null where the server did not say or said
 * something that cannot be true. Unknown is never zero.
 */
export const usage = z.object({
  promptTokens: count,
  completionTokens: count,
  totalTokens: count,
  cachedTokens: count,
  reasoningTokens: count,
  promptCharacters: count,
  responseCharacters: count,
  cost: nanoUsd.nullable(),
  /** The cost as the server printed it, also when it made no sense. */
  costText: z.string().max(64).nullable(),
  /** The provider's own latency in milliseconds. */
  latencyMs: count,
  /** The block as it came, for the ledger. */
  raw: z.string(),
});
export type Usage = z.infer<typeof usage>;
