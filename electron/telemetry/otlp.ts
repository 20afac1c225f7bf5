import type { Agent } from 'node:http';
import { type HrTime, SpanKind, SpanStatusCode, TraceFlags, ValueType } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { TelemetryBatch } from '../store/queries/telemetry-batch';
import { METRICS, type MetricName, type MetricPoint, pointsOf } from './genai-metrics';
import { type GenAiSpan, spanOf } from './genai-span';

// The one file that loads OpenTelemetry, and itself loaded only once something is to be sent.

export interface OtlpParts {
  /** Without the paths of the signals. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: Agent;
  readonly timeoutMs: number;
  /** Of this app and this desktop. */
  readonly resource: Readonly<Record<string, string>>;
  readonly version: string;
}

/** What both exporters have in common. */
interface Exporter<Items> {
  export(
    items: Items,
    done: (result: { readonly code: number; readonly error?: Error }) => void,
  ): void;
}

/** `ExportResultCode.SUCCESS` of the core package. */
const SUCCESS = 0;

/** Sends over OTLP/HTTP with the official exporters. Each method rejects when it was not taken. */
export class Otlp {
  readonly #parts: OtlpParts;
  readonly #resource: ReturnType<typeof resourceFromAttributes>;
  readonly #spans: OTLPTraceExporter;
  readonly #metrics: OTLPMetricExporter;

  constructor(parts: OtlpParts) {
    const { endpoint, headers, agent, timeoutMs: timeoutMillis } = parts;
    const options = { headers: { ...headers }, timeoutMillis, httpAgentOptions: () => agent };
    this.#parts = parts;
    this.#resource = resourceFromAttributes({ ...parts.resource });
    this.#spans = new OTLPTraceExporter({ ...options, url: `${endpoint}/v1/traces` });
    this.#metrics = new OTLPMetricExporter({
      ...options,
      url: `${endpoint}/v1/metrics`,
      temporalityPreference: AggregationTemporality.DELTA,
    });
  }

  sendSpans({ runs }: TelemetryBatch): Promise<void> {
    return exported(
      this.#spans,
      runs.map((run) => this.#span(spanOf(run))),
    );
  }

  sendMetrics(batch: TelemetryBatch): Promise<void> {
    return exported(this.#metrics, this.#metricsOf(pointsOf(batch).map(toData(batch))));
  }

  /** A span that is nobody's answer. */
  sendTestSpan(traceId: string, at: number): Promise<void> {
    return exported(this.#spans, [
      this.#span({
        name: 'slice.test',
        traceId,
        spanId: traceId.slice(0, 16),
        startedAt: at,
        endedAt: at,
        failed: false,
        attributes: {},
      }),
    ]);
  }

  /** A metric that nothing else is counted in. */
  sendTestMetric(at: number): Promise<void> {
    const point = {
      startTime: timeOf(at - 1),
      endTime: timeOf(at),
      attributes: {},
      value: 1,
    };
    return exported(
      this.#metrics,
      this.#metricsOf([counter({ name: 'slice.test', unit: '{test}', about: '' }, point)]),
    );
  }

  get #scope() {
    return { name: 'slice', version: this.#parts.version };
  }

  #span({
    name,
    traceId,
    spanId,
    startedAt,
    endedAt,
    failed,
    attributes,
  }: GenAiSpan): ReadableSpan {
    return {
      name,
      kind: SpanKind.CLIENT,
      spanContext: () => ({ traceId, spanId, traceFlags: TraceFlags.SAMPLED }),
      startTime: timeOf(startedAt),
      endTime: timeOf(endedAt),
      duration: timeOf(endedAt - startedAt),
      status: { code: failed ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
      attributes: attributesFor(attributes),
      links: [],
      events: [],
      ended: true,
      resource: this.#resource,
      instrumentationScope: this.#scope,
      droppedAttributesCount: 0,
      droppedEventsCount: 0,
      droppedLinksCount: 0,
    };
  }

  #metricsOf(metrics: MetricData[]): ResourceMetrics {
    return { resource: this.#resource, scopeMetrics: [{ scope: this.#scope, metrics }] };
  }
}

function exported<Items>(exporter: Exporter<Items>, items: Items): Promise<void> {
  return new Promise((resolve, reject) => {
    exporter.export(items, ({ code, error }) => {
      if (code === SUCCESS) resolve();
      else reject(error ?? new Error('not exported'));
    });
  });
}

interface Described {
  readonly name: MetricName | 'slice.test';
  readonly unit: string;
  readonly about: string;
}

function counter(described: Described, point: DataPoint<number>): MetricData {
  return {
    descriptor: descriptorOf(described, ValueType.INT),
    aggregationTemporality: AggregationTemporality.DELTA,
    dataPointType: DataPointType.SUM,
    isMonotonic: true,
    dataPoints: [point],
  };
}

function descriptorOf({ name, unit, about: description }: Described, valueType: ValueType) {
  return { name, description, unit, valueType };
}

/** One data point as OpenTelemetry has it: the sum of what happened within its part of the batch's window. */
function toData(batch: TelemetryBatch): (point: MetricPoint) => MetricData {
  const at = (part: number) => timeOf(batch.from + (batch.until - batch.from) * part);
  return ({ metric, attributes, count, sum, min, max, steps, from, until }) => {
    const times = { startTime: at(from), endTime: at(until) };
    const { kind, unit, about, bounds } = METRICS[metric];
    const described = { name: metric, unit, about };
    const point = { ...times, attributes: attributesFor(attributes) };
    if (kind === 'counter') return counter(described, { ...point, value: sum });
    const value: Histogram = {
      buckets: { boundaries: [...bounds], counts: [...steps] },
      count,
      sum,
      min,
      max,
    };
    return {
      descriptor: descriptorOf(described, ValueType.DOUBLE),
      aggregationTemporality: AggregationTemporality.DELTA,
      dataPointType: DataPointType.HISTOGRAM,
      dataPoints: [{ ...point, value }],
    };
  };
}

function attributesFor(
  attributes: GenAiSpan['attributes'],
): Record<string, string | number | string[]> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      typeof value === 'string' || typeof value === 'number' ? value : [...value],
    ]),
  );
}

/** Whole seconds and the nanoseconds behind them. */
function timeOf(ms: number): HrTime {
  const seconds = Math.floor(ms / 1000);
  return [seconds, Math.min(Math.round((ms - seconds * 1000) * 1_000_000), 999_999_999)];
}
