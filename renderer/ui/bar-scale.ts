/** Where the lines of a chart stand, in the units of what it shows. */
export interface BarScale {
  /** What the whole height stands for. */
  readonly top: bigint;
  /** The lines from zero on, below the top. */
  readonly ticks: readonly bigint[];
  readonly step: bigint;
}

/** A chart has no more lines than this. */
const MOST_STEPS = 6n;

/** What a step may be, times a power of ten. */
const STEPS = [10n, 20n, 25n, 50n] as const;

/**
 * Round steps for amounts from zero to `highest`, so that the highest is below the top or at it. Exact,
 * because the labels are money.
 */
export function barScale(highest: bigint): BarScale {
  const step = stepFor(highest > 0n ? highest : 1n);
  const top = highest > 0n ? ((highest + step - 1n) / step) * step : step;
  const ticks = Array.from({ length: Number(top / step) }, (_, at) => BigInt(at) * step);
  return { top, ticks, step };
}

function stepFor(highest: bigint): bigint {
  for (let power = 1n; ; power *= 10n) {
    for (const digits of STEPS) {
      const step = (digits * power) / 10n;
      // A step finer than the unit would be rounded.
      if (step * 10n === digits * power && step * MOST_STEPS >= highest) return step;
    }
  }
}

/** How much of the height an amount takes, from 0 to 1; for drawing, not for reckoning. */
export function heightOf(amount: bigint, top: bigint): number {
  const parts = 100_000n;
  return Number((amount * parts) / top) / Number(parts);
}
