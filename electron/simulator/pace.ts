import { setTimeout as timer } from 'node:timers/promises';
import type { Behaviour } from './behaviour';
import type { Route } from './catalogue';
import type { Completion } from './completion';
import { latencyFor } from './routing';
import type { Meter } from './usage';

export interface Pace {
  /** Milliseconds before the first chunk. */
  readonly firstMs: number;
  /** Chunks per second; Infinity for no pauses. */
  readonly rate: number;
}

const INSTANT: Pace = { firstMs: 0, rate: Number.POSITIVE_INFINITY };

/** The demo waits this long for a first token: shorter than the real thing, long enough to be seen. */
const SHORTEST_FIRST_MS = 150;
const LONGEST_FIRST_MS = 450;
const LATENCY_SHARE = 0.25;

/** Chunks hold two tokens on average. */
const TOKENS_PER_CHUNK = 2;

/** How fast a completion is to be written; a fault's own rate wins over the simulator's. */
export function paceOf(
  route: Route,
  behaviour: Behaviour,
  kind: 'natural' | 'instant',
  promptCharacters: number,
): Pace {
  const latency = latencyFor(route, promptCharacters) * LATENCY_SHARE;
  const natural: Pace = {
    firstMs: Math.min(LONGEST_FIRST_MS, Math.max(SHORTEST_FIRST_MS, latency)),
    rate: route.rate,
  };
  const pace = kind === 'natural' ? natural : INSTANT;
  if (behaviour.rate === undefined) return pace;
  return Number.isFinite(behaviour.rate) ? { ...pace, rate: behaviour.rate } : INSTANT;
}

/**
 * How long a route is supposed to take for so much text, in milliseconds. The instant simulator
 * reports this instead of its own time, so that its figures are the same on every machine.
 */
export function modelledLatency({ route, promptCharacters }: Completion, meter: Meter): number {
  const chunks = meter.completionTokens / TOKENS_PER_CHUNK;
  return Math.round(latencyFor(route, promptCharacters) + (chunks * 1000) / route.rate);
}

/** How long a whole answer takes at a pace, in milliseconds. */
export function wholeAnswerMs({ firstMs, rate }: Pace, meter: Meter): number {
  return firstMs + ((meter.completionTokens / TOKENS_PER_CHUNK) * 1000) / rate;
}

/** Waits, but no longer than until the signal. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await timer(ms, undefined, { signal }).catch(() => undefined);
}

/** Waits for the signal. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}
