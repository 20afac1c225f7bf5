import type { Planned } from './chat-plan';
import type { Completion } from './completion';
import { exactDollars } from './decimal-dollars';
import { costOf, type Meter, type SimulatorUsage } from './usage';
import { wholeReply } from './whole-reply';

interface SuperReply {
  /** A JSON array with one answer, or one error object, per model, in the order asked for. */
  readonly text: string;
  /** All usages together, with their true cost. */
  readonly usage: SimulatorUsage | null;
  readonly generated: readonly { readonly completion: Completion; readonly meter: Meter }[];
}

/**
 * The reply to several models in one request. That it is an array is documented; how a model that
 * fails appears in it is not, so its error body stands in its place.
 */
export function superReply(
  plans: readonly Planned[],
  latencyOf: (completion: Completion, meter: Meter) => number,
): SuperReply {
  const texts: string[] = [];
  const generated: { completion: Completion; meter: Meter }[] = [];
  let total: SimulatorUsage | null = null;
  let nanoUsd = 0n;
  for (const plan of plans) {
    if ('completion' in plan) {
      const { text, usage, meter } = wholeReply(plan.completion, latencyOf);
      texts.push(text);
      generated.push({ completion: plan.completion, meter });
      total = plus(total, usage);
      nanoUsd += costOf(plan.completion, meter);
    } else if ('refused' in plan) {
      texts.push(asJson(plan.refused.body));
    } else {
      texts.push('{"error":{"code":504,"message":"The model did not answer in time"}}');
    }
  }
  const usage = total === null ? null : { ...total, cost: exactDollars(nanoUsd) };
  return { text: `[${texts.join(',')}]`, usage, generated };
}

function asJson(body: string): string {
  return body.startsWith('{') ? body : JSON.stringify({ error: { code: 502, message: body } });
}

/** Everything but the cost, which is added up in whole nano-dollars. */
function plus(a: SimulatorUsage | null, b: SimulatorUsage | null): SimulatorUsage | null {
  if (a === null || b === null) return a ?? b;
  return {
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    totalTokens: a.totalTokens + b.totalTokens,
    promptCharacters: a.promptCharacters + b.promptCharacters,
    responseCharacters: a.responseCharacters + b.responseCharacters,
    cost: '',
    latencyMs: Math.max(a.latencyMs, b.latencyMs),
  };
}
