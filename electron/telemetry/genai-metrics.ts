import type { PricedAs, TelemetryBatch, TelemetryRun } from '../store/queries/telemetry-batch';
import { attributesOf, type GenAiSpan } from './genai-span';
import { integerOf } from './integer';

type Attributes = GenAiSpan['attributes'];

/** What a metric is. */
interface Metric {
  readonly kind: 'histogram' | 'counter';
  readonly unit: string;
  readonly about: string;
  /** Upper ends of the steps of a histogram; for a counter none. */
  readonly bounds: readonly number[];
}

/** The steps that the conventions advise for tokens: powers of four. */
const TOKEN_BOUNDS = Array.from({ length: 14 }, (_, power) => 4 ** power);

/** And for seconds: doubling from a hundredth on. */
const SECOND_BOUNDS = Array.from({ length: 14 }, (_, power) => 2 ** power / 100);

const counter = (unit: string, about: string): Metric => ({
  kind: 'counter',
  unit,
  about,
  bounds: [],
});

/**
 * Every metric. A cost that turns out to be another one is taken back where it was counted and counted
 * anew, because a counter only ever grows: what was spent is what was added less what was withdrawn.
 */
export const METRICS = {
  'gen_ai.client.token.usage': {
    kind: 'histogram',
    unit: '{token}',
    about: 'Tokens of each request, apart by `gen_ai.token.type`: `input`, `output`',
    bounds: TOKEN_BOUNDS,
  },
  'gen_ai.client.operation.duration': {
    kind: 'histogram',
    unit: 's',
    about: 'How long each request took, with `error.type` where it failed',
    bounds: SECOND_BOUNDS,
  },
  'slice.cost.added': counter('{nanousd}', 'Cost that became known, by `slice.cost_source`'),
  'slice.cost.withdrawn': counter('{nanousd}', 'Cost that was added before and is another one'),
  'slice.cost_unknown.added': counter('{request}', 'Requests whose cost nobody knows'),
  'slice.cost_unknown.withdrawn': counter('{request}', 'Those of them whose cost became known'),
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof METRICS;

/** What all metrics are told apart by. */
export const METRIC_FIELDS: readonly string[] = [
  'gen_ai.operation.name',
  'gen_ai.provider.name',
  'gen_ai.request.model',
  'gen_ai.response.model',
  'server.address',
  'slice.served_provider',
];

/** One measurement of a run. */
interface Reading {
  readonly metric: MetricName;
  readonly value: number;
  readonly attributes: Attributes;
}

/** The measurements of a batch that differ in nothing but their values. */
export interface MetricPoint {
  readonly metric: MetricName;
  readonly attributes: Attributes;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** How many measurements stand on each step, one more than there are bounds. */
  readonly steps: readonly number[];
  /** Where in the time of the batch it stands, as parts of it from 0 to 1. */
  readonly from: number;
  readonly until: number;
}

/**
 * What a batch adds to each metric. A sum that could not be sent exactly is several points, one after the
 * other in time: a receiver may take two at the same time for one that came twice.
 */
export function pointsOf({ runs }: Pick<TelemetryBatch, 'runs'>): readonly MetricPoint[] {
  const groups = new Map<string, Reading[]>();
  for (const reading of runs.flatMap(readingsOf)) {
    const key = JSON.stringify([reading.metric, reading.attributes]);
    const group = groups.get(key);
    if (group) group.push(reading);
    else groups.set(key, [reading]);
  }
  return [...groups.values()].flatMap((group) => {
    const parts = exactParts(group);
    return parts.flatMap((part, index) =>
      pointOf(part, index / parts.length, (index + 1) / parts.length),
    );
  });
}

/** As few parts as have sums that can be sent exactly. A histogram is one: its sum need not be exact. */
function exactParts(readings: readonly Reading[]): readonly (readonly Reading[])[] {
  const parts: Reading[][] = [];
  let sum = 0;
  for (const reading of readings) {
    sum += reading.value;
    if (
      parts.length === 0 ||
      (METRICS[reading.metric].kind === 'counter' && !Number.isSafeInteger(sum))
    ) {
      parts.push([]);
      sum = reading.value;
    }
    parts.at(-1)?.push(reading);
  }
  return parts;
}

function pointOf(readings: readonly Reading[], from: number, until: number): MetricPoint[] {
  const [first] = readings;
  if (!first) return [];
  const { metric, attributes } = first;
  const { bounds } = METRICS[metric];
  const values = readings.map(({ value }) => value);
  const steps = Array.from({ length: bounds.length + 1 }, () => 0);
  for (const value of values) {
    const found = bounds.findIndex((bound) => value <= bound);
    const step = found === -1 ? bounds.length : found;
    steps[step] = (steps[step] ?? 0) + 1;
  }
  return [
    {
      metric,
      attributes,
      count: values.length,
      sum: values.reduce((sum, value) => sum + value, 0),
      min: Math.min(...values),
      max: Math.max(...values),
      steps,
      from,
      until,
    },
  ];
}

function readingsOf(run: TelemetryRun): readonly Reading[] {
  const { toldBefore, priced } = run;
  const attributes = attributesOf(run, METRIC_FIELDS);
  const withdrawn = toldBefore === null ? [] : costReadings(toldBefore, 'withdrawn', attributes);
  const added = costReadings(priced, 'added', attributes);
  return [...(toldBefore === null ? firstReadings(run, attributes) : []), ...withdrawn, ...added];
}

/** What does not change any more once a run has ended. */
function firstReadings(run: TelemetryRun, attributes: Attributes): readonly Reading[] {
  const tokens = (type: 'input' | 'output', value: number | null): Reading[] =>
    value === null
      ? []
      : [
          {
            metric: 'gen_ai.client.token.usage',
            value,
            attributes: { ...attributes, 'gen_ai.token.type': type },
          },
        ];
  const ms = run.totalMs ?? Math.max(0, run.endedAt - run.startedAt);
  return [
    ...tokens('input', run.promptTokens),
    ...tokens('output', run.completionTokens),
    {
      metric: 'gen_ai.client.operation.duration',
      value: ms / 1000,
      attributes: { ...attributes, ...attributesOf(run, ['error.type']) },
    },
  ];
}

function costReadings(
  { source, cost }: PricedAs,
  what: 'added' | 'withdrawn',
  attributes: Attributes,
): readonly Reading[] {
  if (cost === null) return [{ metric: `slice.cost_unknown.${what}`, value: 1, attributes }];
  const named = { ...attributes, 'slice.cost_source': source };
  return [{ metric: `slice.cost.${what}`, value: integerOf(cost), attributes: named }];
}
