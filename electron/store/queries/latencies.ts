import { z } from 'zod';
import type { Percentiles } from '../../../shared/contract/spending';
import { jsonOf } from './json-columns';

/** How many rows took how long: milliseconds by the beginning of their step, and their number. */
export type Latencies = Map<number, number>;

/** How wide the steps are below a time, in milliseconds; each at most a tenth of where it begins. */
const STEPS: readonly (readonly [below: number, width: number])[] = Array.from(
  { length: 8 },
  (_, power) => 10 ** power,
).flatMap((unit): [number, number][] => [
  [20 * unit, unit],
  [50 * unit, 2 * unit],
  [100 * unit, 5 * unit],
]);

/** Eleven days and a half: what takes longer is taken for this. */
const LONGEST = 1_000_000_000;

/** The beginning of the step that a time falls into, and the width of that; both in milliseconds. */
function stepOf(ms: number): readonly [step: number, width: number] {
  const found = STEPS.find(([below]) => ms < below);
  if (!found) return [LONGEST, 0];
  const [, width] = found;
  return [Math.max(0, Math.floor(ms / width) * width), width];
}

/** The same in SQL, for a column that is not null. */
export function sqlStep(ms: string): string {
  const cases = STEPS.map(
    ([below, width]) => `WHEN ${ms} < ${below} THEN ${ms} / ${width} * ${width}`,
  );
  return `CASE WHEN ${ms} < 0 THEN 0 ${cases.join(' ')} ELSE ${LONGEST} END`;
}

/** One row's time; nothing where it has none. */
export function oneLatency(ms: number | null): Latencies {
  return new Map(ms === null ? [] : [[stepOf(ms)[0], 1]]);
}

/**
 * What half and what nineteen in twenty did not exceed (nearest rank); null without any row. The middle of
 * a step stands for it, so that it is at most a twentieth beside the true time, and exact below 20 ms.
 */
export function percentilesOf(latencies: Latencies): Percentiles | null {
  const steps = [...latencies].filter(([, rows]) => rows > 0).toSorted(([a], [b]) => a - b);
  const rows = steps.reduce((sum, [, more]) => sum + more, 0);
  if (rows === 0) return null;
  const at = (percent: number): number => {
    let rest = Math.ceil((rows * percent) / 100);
    for (const [step, more] of steps) {
      rest -= more;
      if (rest <= 0) return step + Math.floor(stepOf(step)[1] / 2);
    }
    return 0;
  };
  return { p50: at(50), p95: at(95) };
}

/** Adds rows to those that are there, or takes them away with a negative `times`. */
export function addLatencies(to: Latencies, more: Latencies, times = 1): void {
  for (const [step, rows] of more) {
    const sum = (to.get(step) ?? 0) + rows * times;
    if (sum === 0) to.delete(step);
    else to.set(step, sum);
  }
}

const pairs = z.array(z.number().int());

/** Reads a column of steps; one that is damaged is none. */
export function latenciesIn(column: string): Latencies {
  const latencies: Latencies = new Map();
  if (column === '[]') return latencies;
  const list = jsonOf(column, pairs, []);
  for (let at = 0; at + 1 < list.length; at += 2) latencies.set(list[at] ?? 0, list[at + 1] ?? 0);
  return latencies;
}

export function latencyColumn(latencies: Latencies): string {
  return JSON.stringify([...latencies].flat());
}
