import type { Percentiles } from '../../../shared/contract/spending';
import type { ReadDb } from '../connection';
import { statement } from '../statement';
import type { LedgerRows } from './ledger-filter';

/** How many rows took how long: milliseconds by the beginning of their step, and their number. */
export type Latencies = Map<number, number>;

/**
 * SQL for the step that a time in milliseconds falls into: its two first digits. A step is a tenth of
 * its time at most, so its middle is at most a twentieth beside it; below 100 ms it is exact.
 */
export function latencyStep(ms: string): string {
  return `CASE WHEN ${ms} < 100 THEN max(${ms}, 0) WHEN ${ms} < 1000 THEN ${ms} / 10 * 10
    WHEN ${ms} < 10000 THEN ${ms} / 100 * 100 WHEN ${ms} < 100000 THEN ${ms} / 1000 * 1000
    WHEN ${ms} < 1000000 THEN ${ms} / 10000 * 10000 ELSE min(${ms} / 100000 * 100000, 9900000) END`;
}

/** What half and what nineteen in twenty did not exceed (nearest rank); null without any row. */
export function percentilesOf(latencies: Latencies): Percentiles | null {
  const steps = [...latencies].filter(([, rows]) => rows > 0).toSorted(([a], [b]) => a - b);
  const rows = steps.reduce((sum, [, more]) => sum + more, 0);
  if (rows === 0) return null;
  const at = (percent: number): number => {
    let rest = Math.ceil((rows * percent) / 100);
    for (const [step, more] of steps) {
      rest -= more;
      if (rest <= 0) return middleOf(step);
    }
    return 0;
  };
  return { p50: at(50), p95: at(95) };
}

/** The middle of the step that begins here. */
function middleOf(step: number): number {
  let width = 1;
  while (step / width >= 100) width *= 10;
  return step + Math.floor(width / 2);
}

/** Adds rows to those that are there, or takes them away with a negative `times`. */
export function addLatencies(to: Latencies, more: Latencies, times = 1): void {
  for (const [step, rows] of more) to.set(step, (to.get(step) ?? 0) + rows * times);
}

export interface Took {
  readonly total: Latencies;
  readonly first: Latencies;
}

export const NO_TIME = (): Took => ({ total: new Map(), first: new Map() });

/** How long the rows took: of each key, of all other keys, and of all. */
export function latenciesOf(
  db: ReadDb,
  { key, sql, values }: LedgerRows,
  keys: readonly string[],
): { by: Map<string, Took>; rest: Took; all: Took } {
  const found = {
    by: new Map(keys.map((one) => [one, NO_TIME()])),
    rest: NO_TIME(),
    all: NO_TIME(),
  };
  for (const [of, column] of [
    ['total', 'total_ms'],
    ['first', 'first_token_ms'],
  ] as const) {
    const rows = statement<{ key: string | null; step: number; rows: number }>(
      db,
      `SELECT CASE WHEN ${key} IN (SELECT value FROM json_each(?)) THEN ${key} END AS key,
         ${latencyStep(column)} AS step, count(*) AS rows ${sql} AND ${column} IS NOT NULL GROUP BY 1, 2`,
    ).all(JSON.stringify(keys), ...values);
    for (const row of rows) {
      const step = new Map([[row.step, row.rows]]);
      const took = row.key === null ? found.rest : found.by.get(row.key);
      if (took) addLatencies(took[of], step);
      addLatencies(found.all[of], step);
    }
  }
  return found;
}
