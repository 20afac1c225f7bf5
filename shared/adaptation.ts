import { z } from 'zod';

const field = z.string().min(1).max(100);

/**
 * How a request has to differ for a server that refused a field (wire-facts, section 5, point 7):
 * learned from its refusal, remembered for the connection, and shown.
 */
export const adaptation = z.discriminatedUnion('action', [
  z.object({ action: z.literal('leave_out'), field }),
  z.object({ action: z.literal('rename'), field, to: field }),
]);
export type Adaptation = z.infer<typeof adaptation>;
