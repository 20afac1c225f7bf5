import { z } from 'zod';
import { PARAMETER_KEYS, type ParameterValues, parameterValues } from './parameters';

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

/** The values without those that the server is spared. What goes out under another name stays. */
export function valuesKept(
  values: ParameterValues,
  adaptations: readonly Adaptation[],
): ParameterValues {
  const leftOut = new Set<string>();
  for (const one of adaptations) {
    if (one.action === 'leave_out') leftOut.add(one.field);
    else leftOut.delete(one.to);
  }
  const kept = PARAMETER_KEYS.filter((key) => values[key] !== undefined && !leftOut.has(key));
  return parameterValues.parse(Object.fromEntries(kept.map((key) => [key, values[key]])));
}
