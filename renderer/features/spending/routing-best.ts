import type { RoutingFigures } from '../../../shared/contract/spending';

/** With fewer complete answers than this a value says nothing of itself. */
const ENOUGH = 5;

export interface BestRouting {
  /** The value whose answers cost least and those that came soonest; null where that cannot be said. */
  readonly cheapest: string | null;
  readonly fastest: string | null;
}

/** Which values did best, among those with answers enough and with figures; of one there is no best. */
export function bestRouting(figures: readonly RoutingFigures[]): BestRouting {
  const enough = figures.filter(({ answers }) => answers >= ENOUGH);
  const priced = enough.flatMap(({ routing, costPerAnswer }) =>
    costPerAnswer === null ? [] : [{ routing, value: BigInt(costPerAnswer) }],
  );
  const timed = enough.flatMap(({ routing, totalMs }) =>
    totalMs === null ? [] : [{ routing, value: BigInt(totalMs.p50) }],
  );
  return { cheapest: lowest(priced), fastest: lowest(timed) };
}

function lowest(values: readonly { routing: string; value: bigint }[]): string | null {
  const [first, second] = values.toSorted((a, b) =>
    a.value < b.value ? -1 : a.value > b.value ? 1 : 0,
  );
  if (!first || !second || first.value === second.value) return null;
  return first.routing;
}
