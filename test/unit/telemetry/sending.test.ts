import { describe, expect, it } from 'vitest';
import type { TelemetryRun } from '../../../electron/store/queries/telemetry-batch';
import { collectorBase } from '../../../electron/telemetry/collector';
import { pointsOf } from '../../../electron/telemetry/genai-metrics';
import { spanOf } from '../../../electron/telemetry/genai-span';
import { integerOf } from '../../../electron/telemetry/integer';
import { nano } from '../../../shared/money';
import fc from '../../fixtures/fast-check';

const RUN: TelemetryRun = {
  purpose: 'answer',
  uid: 'one',
  revision: 1,
  profile: 'openai',
  baseUrl: 'https://user:pass@api.example.com/v1?key=secret',
  requestedModel: 'openai/gpt-4o',
  requestedProvider: null,
  routing: null,
  parameters: {},
  answers: 1,
  models: 1,
  votes: 1,
  attempt: 1,
  state: 'complete',
  errorCode: null,
  httpStatus: null,
  startedAt: 1_000,
  endedAt: 3_500,
  servedModel: null,
  servedProvider: null,
  finishReason: null,
  promptTokens: 13,
  completionTokens: null,
  cachedTokens: null,
  reasoningTokens: null,
  promptCharacters: null,
  responseCharacters: null,
  latencyMs: null,
  firstTokenMs: null,
  totalMs: null,
  priced: { source: 'unknown', cost: null },
  toldBefore: null,
};

describe('a span', () => {
  it('leaves out what is not known: an unknown cost is no cost of zero', () => {
    const { attributes } = spanOf(RUN);
    expect(attributes).toMatchObject({ 'slice.cost_source': 'unknown' });
    expect(attributes).not.toHaveProperty('slice.cost_nanousd');
    expect(attributes).not.toHaveProperty('gen_ai.usage.output_tokens');
  });

  it('says the host of an address and nothing else of it', () => {
    const text = JSON.stringify(spanOf(RUN));
    expect(text).toContain('"server.address":"api.example.com"');
    expect(text).not.toMatch(/user|pass|secret/);
  });

  it.each(['two\nlines', 'x'.repeat(200), '{"error": "why"}', 'Is this a question?', '<b>'])(
    'passes on no name that is none: %j',
    (text) => {
      const { name, attributes } = spanOf({
        ...RUN,
        requestedModel: text,
        servedModel: text,
        servedProvider: text,
        finishReason: text,
        routing: text,
        errorCode: text,
      });
      expect(name).toBe('chat _OTHER');
      expect(attributes).toMatchObject({
        'gen_ai.response.model': '_OTHER',
        'gen_ai.response.finish_reasons': ['_OTHER'],
        'error.type': '_OTHER',
        'slice.served_provider': '_OTHER',
      });
    },
  );

  it('has ids of its run alone, whatever is told of it', () => {
    const first = spanOf(RUN);
    const again = spanOf({ ...RUN, revision: 2, priced: { source: 'reconciled', cost: nano(5n) } });
    const other = spanOf({ ...RUN, uid: 'two' });
    expect([again.traceId, again.spanId]).toEqual([first.traceId, first.spanId]);
    expect(other.spanId).not.toBe(first.spanId);
  });
});

describe('the metrics of any batches', () => {
  const cost = fc.option(fc.bigInt({ min: 0n, max: 10n ** 12n }).map(nano));
  const priced = cost.map((known) =>
    known === null
      ? ({ source: 'unknown', cost: null } as const)
      : ({ source: 'reported', cost: known } as const),
  );

  it('come to the costs as they were told last', () => {
    fc.assert(
      fc.property(fc.array(fc.array(priced, { minLength: 1, maxLength: 4 })), (histories) => {
        const told = histories.flatMap((history, index) =>
          history.map((now, revision) => ({
            ...RUN,
            uid: String(index),
            requestedModel: `model-${index % 3}`,
            revision: revision + 1,
            priced: now,
            toldBefore: history[revision - 1] ?? null,
          })),
        );
        const points = pointsOf({ runs: told });
        const sum = (name: string) =>
          points
            .filter(({ metric }) => metric === name)
            .reduce((total, point) => total + BigInt(point.sum), 0n);
        const last = histories.map((history) => history.at(-1));
        expect(sum('slice.cost.added') - sum('slice.cost.withdrawn')).toBe(
          last.reduce((total, now) => total + (now?.cost ?? 0n), 0n),
        );
        expect(sum('slice.cost_unknown.added') - sum('slice.cost_unknown.withdrawn')).toBe(
          BigInt(last.filter((now) => now?.cost === null).length),
        );
        const durations = points.filter(({ metric }) => metric.endsWith('duration'));
        expect(durations.reduce((total, { count }) => total + count, 0)).toBe(histories.length);
        for (const { steps, count } of durations) {
          expect(steps.reduce((total, step) => total + step, 0)).toBe(count);
        }
      }),
    );
  });

  it('are several points one after the other where one sum would lose a digit', () => {
    const most = 999_999_999_999_999n;
    const runs = Array.from({ length: 200 }, (_, index) => ({
      ...RUN,
      uid: String(index),
      priced: { source: 'reported' as const, cost: nano(most) },
    }));
    const points = pointsOf({ runs }).filter(({ metric }) => metric === 'slice.cost.added');
    expect(points.every(({ sum }) => Number.isSafeInteger(sum))).toBe(true);
    expect(points.reduce((total, { sum }) => total + BigInt(sum), 0n)).toBe(most * 200n);
    expect([0, ...points.map(({ until }) => until)]).toEqual([
      ...points.map(({ from }) => from),
      1,
    ]);
  });

  it('are never sent where a digit would be lost', () => {
    expect(integerOf(9_007_199_254_740_991n)).toBe(9_007_199_254_740_991);
    expect(() => integerOf(9_007_199_254_740_993n)).toThrow(RangeError);
  });
});

it.each([
  ['http://localhost:4318', 'http://localhost:4318'],
  [' http://localhost:4318/ ', 'http://localhost:4318'],
  ['https://a.example/otlp/v1/traces', 'https://a.example/otlp'],
  ['https://a.example/v1/metrics/', 'https://a.example'],
])('an address is taken in whatever form it is pasted: %s', (pasted, base) => {
  expect(collectorBase(pasted)).toBe(base);
});
