import { z } from 'zod';
import { failure } from './errors';
import { usage } from './usage';

const choice = z.number().int().nonnegative();

/**
 * What one answer consists of, whatever server it came from. `choice` is 0 unless several answers
 * were asked for (`n`): the guide's own `index` counts chunks and means nothing.
 */
export const streamEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('served'),
    completionId: z.string().nullable(),
    model: z.string().nullable(),
    provider: z.string().nullable(),
  }),
  z.object({ type: z.literal('text'), choice, text: z.string() }),
  z.object({ type: z.literal('reasoning'), choice, text: z.string() }),
  z.object({ type: z.literal('refusal'), choice, text: z.string() }),
  z.object({
    type: z.literal('tool'),
    choice,
    /** Position among the tool calls of this choice. */
    call: z.number().int().nonnegative(),
    name: z.string().nullable(),
    text: z.string(),
  }),
  z.object({ type: z.literal('finish'), choice, reason: z.string() }),
  z.object({ type: z.literal('usage'), usage }),
  z.object({ type: z.literal('error'), failure }),
  /** Nothing has left yet: the request goes out again at this time, in ms since 1970. */
  z.object({ type: z.literal('waiting'), until: z.number().int(), cause: failure }),
  /** The wait is over and the request leaves. */
  z.object({ type: z.literal('sent') }),
]);
export type StreamEvent = z.infer<typeof streamEvent>;
