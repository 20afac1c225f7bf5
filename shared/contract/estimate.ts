import { z } from 'zod';
import { costRecord, estimateBasis } from '../estimate';
import { connectionId } from '../ids';
import { MAX_MODELS } from '../parameters';
import { route } from './route';

/** How near estimates came to what answers cost in the end. */
export const estimateAccuracy = z.object({
  basis: estimateBasis,
  /** The answers that are looked at, the newest that told their cost. */
  runs: z.number().int().positive(),
  /** Those that cost something within the range. */
  inside: z.number().int().nonnegative(),
  /**
   * How far the middle of the range lay from the cost, in thousandths of the cost, for the middle one of
   * the answers; null where all were free.
   */
  medianError: z.number().int().nonnegative().nullable(),
});
export type EstimateAccuracy = z.infer<typeof estimateAccuracy>;

export const estimateContract = {
  /** What the ledger says of the costs of each of these models, in their order. */
  records: route
    .input(
      z.object({
        connectionId,
        models: z.array(z.string().trim().min(1).max(300)).min(1).max(MAX_MODELS),
      }),
    )
    .output(z.array(costRecord)),
  /** How good the newest estimates were, by what they were made of; none where there were none. */
  accuracy: route.input(z.object({ demo: z.boolean() })).output(z.array(estimateAccuracy)),
};
