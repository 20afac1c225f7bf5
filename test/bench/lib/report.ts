/** The figures of a bench by the names the documents use; ratios have two digits. */
export type Figures = Record<string, number | string>;

/** `--json` and `--small` of a bench's own command line. */
export const options = {
  json: process.argv.includes('--json'),
  /** For correctness only: quick, and its figures mean nothing. */
  small: process.argv.includes('--small'),
};

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}

/** Prints the figures as a table, or as the one object that `--json` promises. */
export function report(figures: Figures): void {
  if (options.json) console.log(JSON.stringify(figures));
  else
    for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(28)} ${value}`);
}

/** What goes on; never part of the result. */
export function progress(text: string): void {
  console.error(text);
}
