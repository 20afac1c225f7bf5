import { heightOf } from './bar-scale';

const WIDTH = 80;
const HEIGHT = 20;
/** Above and below the line, so that its ends are not cut off. */
const EDGE = 2;

/** How something went, as a line without figures; those stand beside it. */
export function TrendLine({ amounts }: { amounts: readonly bigint[] }) {
  if (amounts.length < 2) return null;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      aria-hidden="true"
      className="ml-auto block"
    >
      <path d={trendPath(amounts)} fill="none" stroke="var(--text-3)" strokeWidth={1.25} />
    </svg>
  );
}

/** The line through amounts that are the same distance apart, from zero at the bottom. */
export function trendPath(amounts: readonly bigint[]): string {
  const top = amounts.reduce((most, amount) => (amount > most ? amount : most), 1n);
  const step = WIDTH / (amounts.length - 1);
  return amounts
    .map((amount, at) => {
      const y = HEIGHT - EDGE - heightOf(amount, top) * (HEIGHT - 2 * EDGE);
      return `${at === 0 ? 'M' : 'L'}${(at * step).toFixed(1)} ${y.toFixed(1)}`;
    })
    .join(' ');
}
