import { isRecord } from './wire';

/**
 * APIpie answers a request that clears its memory with 200 and no choices: the text and the bill have
 * names of their own (wire-facts, section 1). This gives them the names of a completion; any other
 * body is given back as it is.
 */
export function asCompletion(body: unknown): unknown {
  if (!isRecord(body) || body.choices !== undefined) return body;
  const content = body.queryResults;
  if (typeof content !== 'string') return body;
  const details = isRecord(body.queryDetails) ? body.queryDetails : {};
  return {
    model: details.route,
    provider: details.provider,
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: {
      prompt_tokens: details.promptTokens,
      completion_tokens: details.responseTokens,
      cost: details.cost,
      latency_ms: details.latencyMs,
    },
  };
}
