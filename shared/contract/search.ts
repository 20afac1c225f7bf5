import { z } from 'zod';
import { conversationId, messageId } from '../ids';
import { total } from '../money';
import { route } from './route';

/** A stretch of an excerpt; `hit` marks what was looked for. */
export const excerptPart = z.object({ text: z.string(), hit: z.boolean() });

export const searchHit = z.object({
  conversationId,
  title: z.array(excerptPart),
  /** The newest or the most relevant message that fits; null when only the title does. */
  messageId: messageId.nullable(),
  role: z.enum(['system', 'user', 'assistant']).nullable(),
  excerpt: z.array(excerptPart),
  at: z.number().int(),
  total,
  tags: z.array(z.string()),
});
export type SearchHit = z.infer<typeof searchHit>;

/** What stands first of what was found. */
export const searchOrder = z.enum(['newest', 'relevance']);
export type SearchOrder = z.infer<typeof searchOrder>;

export const MAX_QUERY_LENGTH = 1_000;

export const searchContract = {
  /**
   * Conversations whose messages or title fit. `problem` says where a query is not valid;
   * then there are no hits.
   */
  find: route
    .input(
      z.object({
        query: z.string().max(MAX_QUERY_LENGTH),
        offset: z.number().int().nonnegative(),
        limit: z.number().int().min(1).max(200),
        order: searchOrder,
      }),
    )
    .output(
      z.object({
        hits: z.array(searchHit),
        more: z.boolean(),
        problem: z.object({ at: z.number().int(), reason: z.string() }).nullable(),
      }),
    ),
  /** What could be meant by the last word of a query: names of models, providers, presets, tags. */
  suggest: route
    .input(
      z.object({
        field: z.enum(['model', 'provider', 'preset', 'tag']),
        prefix: z.string().max(200),
      }),
    )
    .output(z.array(z.string())),
};
