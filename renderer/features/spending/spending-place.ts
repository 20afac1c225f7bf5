import { z } from 'zod';
import {
  bucketHour,
  GROUPINGS,
  type Grouping,
  grouping,
  rowOrder,
  type SpendingFilter,
  waste,
} from '../../../shared/contract/spending';
import { type CostSource, costSource } from '../../../shared/money';
import { daysOf, period } from './spending-period';

/** The columns of the table that it can be sorted by. */
export const GROUP_COLUMNS = [
  'name',
  'answers',
  'promptTokens',
  'completionTokens',
  'perAnswer',
  'change',
  'firstToken',
  'latency',
  'unknown',
  'cost',
] as const;
const groupColumn = z.enum(GROUP_COLUMNS);
export type GroupColumn = z.infer<typeof groupColumn>;

/** How many groups stand by themselves: at first, and after each step. The chart has as many colours. */
export const GROUP_STEPS = [6, 50, 250] as const;

/** A bar of the chart: some days, or the hour that begins then. */
const bar = z.union([
  z.object({ from: z.iso.date(), to: z.iso.date() }).refine(({ from, to }) => from <= to),
  z.object({ hour: bucketHour }),
]);
export type Bar = z.infer<typeof bar>;

const keys = z.array(z.string().max(2000)).min(1).max(50);

/** Everything that the address of the page says: what is looked at, and how. */
const spendingPlace = z.object({
  period,
  groupBy: grouping,
  only: z.partialRecord(grouping, keys),
  sources: z.array(costSource).min(1).max(5).nullable(),
  waste: waste.nullable(),
  /** Null: as the connection that one works with. */
  demo: z.boolean().nullable(),
  sort: z.object({ by: groupColumn, descending: z.boolean() }),
  groups: z.literal(GROUP_STEPS),
  /** Single answers instead of groups, in this order; null: groups. */
  rows: z.object({ by: rowOrder, descending: z.boolean() }).nullable(),
  /** Only what one bar of the chart stands for. */
  bar: bar.nullable(),
});
export type SpendingPlace = z.infer<typeof spendingPlace>;

export const USUAL_PLACE: SpendingPlace = {
  period: 'month',
  groupBy: 'model',
  only: {},
  sources: null,
  waste: null,
  demo: null,
  sort: { by: 'cost', descending: true },
  groups: 6,
  rows: null,
  bar: null,
};

/** The newest answers first. */
export const NEWEST_ROWS: SpendingPlace['rows'] = { by: 'time', descending: true };

/** Reads what stands behind the question mark. Whatever is broken is as usual; the rest holds. */
export function placeOf(search: string): SpendingPlace {
  const params = new URLSearchParams(search);
  const { shape } = spendingPlace;
  const one = <Value>(schema: z.ZodType<Value>, value: unknown, usual: Value): Value => {
    const read = schema.safeParse(value);
    return read.success ? read.data : usual;
  };
  const only: Partial<Record<Grouping, string[]>> = {};
  for (const name of GROUPINGS) {
    const read = keys.safeParse([...new Set(params.getAll(name))]);
    if (read.success) only[name] = read.data;
  }
  return {
    period: one(shape.period, daysIn(params.get('period')), USUAL_PLACE.period),
    groupBy: one(shape.groupBy, params.get('by'), USUAL_PLACE.groupBy),
    only,
    sources: one(shape.sources, params.getAll('cost'), null),
    waste: one(shape.waste, params.get('waste'), null),
    demo: one(z.boolean().nullable(), DEMO.get(params.get('money') ?? ''), null),
    sort: one(shape.sort, orderIn(params.get('sort')), USUAL_PLACE.sort),
    groups: one(shape.groups, Number(params.get('groups')), USUAL_PLACE.groups),
    rows: one(shape.rows, orderIn(params.get('rows')), null),
    bar: one(shape.bar, barIn(params.get('at')), null),
  };
}

/** The address of a place, without what is as usual. */
export function addressOf(place: SpendingPlace): string {
  const params = new URLSearchParams();
  const { period: chosen, groupBy, only, sort, rows, bar: at } = place;
  if (chosen !== USUAL_PLACE.period) {
    params.set('period', typeof chosen === 'string' ? chosen : `${chosen.from}..${chosen.to}`);
  }
  if (groupBy !== USUAL_PLACE.groupBy) params.set('by', groupBy);
  for (const name of GROUPINGS) for (const key of only[name] ?? []) params.append(name, key);
  for (const source of place.sources ?? []) params.append('cost', source);
  if (place.waste !== null) params.set('waste', place.waste);
  if (place.demo !== null) params.set('money', place.demo ? 'demo' : 'real');
  if (sort.by !== USUAL_PLACE.sort.by || sort.descending !== USUAL_PLACE.sort.descending) {
    params.set('sort', orderText(sort));
  }
  if (place.groups !== USUAL_PLACE.groups) params.set('groups', String(place.groups));
  if (rows !== null) params.set('rows', orderText(rows));
  if (at !== null) params.set('at', 'hour' in at ? at.hour : `${at.from}..${at.to}`);
  const text = params.toString();
  return `/spending${text === '' ? '' : `?${text}`}`;
}

const DEMO = new Map([
  ['demo', true],
  ['real', false],
]);

function daysIn(text: string | null): unknown {
  const [from, to] = text?.split('..') ?? [];
  return to === undefined ? text : { from, to };
}

function barIn(text: string | null): unknown {
  const days = daysIn(text);
  return typeof days === 'string' ? { hour: days } : days;
}

function orderText({ by, descending }: { by: string; descending: boolean }): string {
  return `${by}.${descending ? 'down' : 'up'}`;
}

function orderIn(text: string | null): unknown {
  const [by, direction] = text?.split('.') ?? [];
  if (direction !== 'down' && direction !== 'up') return undefined;
  return { by, descending: direction === 'down' };
}

/** The rows of the ledger that a place means, whatever bar of the chart is looked into. */
export function filterOf(place: SpendingPlace, today: string, demo: boolean): SpendingFilter {
  const { only, sources, waste: wasted } = place;
  return {
    ...daysOf(place.period, today),
    demo,
    only,
    ...(sources === null ? {} : { sources }),
    ...(wasted === null ? {} : { waste: wasted }),
  };
}

/** The rows that are listed one by one: those of the bar, where there is one. */
export function listedOf(
  place: SpendingPlace,
  today: string,
  demo: boolean,
): { filter: SpendingFilter; hour?: string } {
  const filter = filterOf(place, today, demo);
  const { bar: at } = place;
  if (at === null) return { filter };
  if (!('hour' in at)) return { filter: { ...filter, ...at } };
  const day = at.hour.slice(0, 10);
  return { filter: { ...filter, from: day, to: day }, hour: at.hour };
}

/** Whether a place shows less than all of its period. */
export function isNarrowed({ only, sources, waste: wasted }: SpendingPlace): boolean {
  return Object.keys(only).length > 0 || sources !== null || wasted !== null;
}

/** A place with one key of a grouping in it or out of it. */
export function withKey(
  place: SpendingPlace,
  name: Grouping,
  key: string,
  wanted: boolean,
): SpendingPlace {
  const before = place.only[name] ?? [];
  const rest = before.filter((other) => other !== key);
  return withKeys(place, name, wanted ? [...rest, key] : rest);
}

export function withKeys(
  place: SpendingPlace,
  name: Grouping,
  chosen: readonly string[],
): SpendingPlace {
  const { [name]: _before, ...others } = place.only;
  return { ...place, only: chosen.length === 0 ? others : { ...others, [name]: [...chosen] } };
}

/** The answers whose cost nobody knows. */
export const UNKNOWN_ONLY: CostSource[] = ['unknown'];

/** A place as one begins to look at it: groups, and no bar. */
export function withoutDetails(place: SpendingPlace): SpendingPlace {
  return { ...place, rows: null, bar: null, groups: USUAL_PLACE.groups };
}
