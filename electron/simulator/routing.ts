import { catalogue, type Route } from './catalogue';
import type { ChatRequest } from './chat-request';

/** Prompt sizes, in characters, up to which each latency figure of a route holds. */
const LATENCY_STEPS = [2000, 4000, 8000, 16_000] as const;

/** What stands in for a latency that nobody has measured: such a route is chosen last. */
const UNKNOWN_LATENCY = 60_000;

const MEAN = 5;

/** The latency of a route for a prompt of so many characters, in milliseconds. */
export function latencyFor(route: Route, promptCharacters: number): number {
  const step = LATENCY_STEPS.findIndex((limit) => promptCharacters <= limit);
  return route.latency?.[step === -1 ? LATENCY_STEPS.length : step] ?? UNKNOWN_LATENCY;
}

function lowest(routes: readonly Route[], score: (route: Route) => number): Route | undefined {
  return [...routes].sort((a, b) => score(a) - score(b))[0];
}

/**
 * The route that serves a model of the catalogue, or why none does. The name may be bare or
 * qualified by maker or provider. A provider that was named decides; else `routing` does: cheapest,
 * lowest latency for this prompt (the default), lowest mean latency.
 */
export function chooseRoute(
  name: string,
  request: Pick<ChatRequest, 'provider' | 'routing'>,
  promptCharacters: number,
): Route | 'unknown-model' | 'not-a-chat-model' | 'not-at-this-provider' {
  const known = catalogue.filter(
    (route) =>
      name === route.id || name === route.model || name === `${route.provider}/${route.id}`,
  );
  if (known.length === 0) return 'unknown-model';
  const chat = known.filter((route) => route.type === 'llm' || route.type === 'vision');
  if (chat.length === 0) return 'not-a-chat-model';
  if (request.provider !== undefined) {
    return chat.find((route) => route.provider === request.provider) ?? 'not-at-this-provider';
  }
  const available = chat.filter((route) => route.available);
  const scores = {
    price: (route: Route) => Number(route.inputPrice + route.outputPrice),
    perf: (route: Route) => latencyFor(route, promptCharacters),
    perf_avg: (route: Route) => route.latency?.[MEAN] ?? UNKNOWN_LATENCY,
  };
  return lowest(available, scores[request.routing ?? 'perf']) ?? 'unknown-model';
}
