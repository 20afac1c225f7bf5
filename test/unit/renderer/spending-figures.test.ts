import { describe, expect, it } from 'vitest';
import {
  chartBars,
  chartSeries,
  tickDecimals,
} from '../../../renderer/features/spending/chart-bars';
import {
  changeOf,
  nextSort,
  perAnswer,
  shareOf,
  sortedGroups,
} from '../../../renderer/features/spending/group-figures';
import { bestRouting } from '../../../renderer/features/spending/routing-best';
import { type Colours, keptColours } from '../../../renderer/features/spending/series-colours';
import { labelsShown } from '../../../renderer/ui/bar-labels';
import { barScale } from '../../../renderer/ui/bar-scale';
import { trendPath } from '../../../renderer/ui/trend-line';
import type { SpendingGroup, SpendingReport } from '../../../shared/contract/spending';
import { isUnknown, nano, type Total } from '../../../shared/money';
import fc from '../../fixtures/fast-check';

function total(known: bigint, more: Partial<Total> = {}): Total {
  return { known: nano(known), estimated: nano(0n), unknown: 0, running: 0, runs: 1, ...more };
}

function group(key: string, known: bigint, more: Partial<SpendingGroup> = {}): SpendingGroup {
  return {
    key,
    name: key,
    total: total(known),
    promptTokens: 0,
    completionTokens: 0,
    previous: null,
    totalMs: null,
    firstTokenMs: null,
    trend: [nano(known)],
    ...more,
  };
}

describe('a cost', () => {
  it('is unknown, and not nothing, while no answer that there is has one', () => {
    expect(isUnknown(total(0n, { runs: 3, unknown: 2, running: 1 }))).toBe(true);
    expect(isUnknown(total(0n, { runs: 1, running: 1 }))).toBe(true);
    expect(isUnknown(total(0n, { runs: 2, unknown: 1 }))).toBe(false);
    expect(isUnknown(total(0n, { runs: 0 }))).toBe(false);
    expect(isUnknown(total(1n, { runs: 2, running: 1 }))).toBe(false);
  });
});

describe('the lines of a chart', () => {
  it('are few, round, and reach above the highest bar', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 18n }), (highest) => {
        const { top, ticks, step } = barScale(highest);
        expect(top >= highest).toBe(true);
        expect(top - step < highest).toBe(true);
        expect(ticks.length).toBeLessThanOrEqual(6);
        expect(ticks.every((tick, at) => tick === BigInt(at) * step)).toBe(true);
        expect(String(step)).toMatch(/^(1|2|25|5)0*$/);
      }),
    );
  });

  it('are in money as it is usual', () => {
    const { step, ticks } = barScale(1_360_000_000n);
    expect([step, ticks.length, tickDecimals(step)]).toEqual([250_000_000n, 6, 2]);
    expect(tickDecimals(barScale(2_000n).step)).toBe(7);
  });

  it('stand also where nothing was spent', () => {
    expect(barScale(0n).ticks).toEqual([0n]);
  });
});

describe('the labels below the bars', () => {
  const bars = Array.from({ length: 30 }, (_, at) => ({
    label: String(at + 1),
    time: at === 21 ? ('now' as const) : ('past' as const),
  }));

  it('are all there where there is room, else every second one and that of today', () => {
    expect(labelsShown(bars, 1000).size).toBe(30);
    const few = labelsShown(bars, 624);
    expect([...few].slice(0, 4)).toEqual([0, 2, 4, 6]);
    expect(few.has(21)).toBe(true);
    expect(few.has(20) || few.has(22)).toBe(false);
  });
});

describe('a line of a trend', () => {
  it('goes from side to side, the highest amount on top', () => {
    expect(trendPath([0n, 4n, 2n])).toBe('M0.0 18.0 L40.0 2.0 L80.0 10.0');
  });
});

describe('the colour of a name', () => {
  const names = fc.uniqueArray(fc.constantFrom(...'abcdefghijkl'), { maxLength: 9 });

  it('is its own among those shown, and stays when other names come and go', () => {
    fc.assert(
      fc.property(fc.array(names, { maxLength: 8 }), (views) => {
        let colours: Colours = new Map();
        for (const view of views) {
          const before = colours;
          colours = keptColours(before, view);
          const shown = view.slice(0, 6).map((name) => colours.get(name));
          expect(new Set(shown).size).toBe(shown.length);
          expect(shown.every((colour) => colour !== undefined && colour < 6)).toBe(true);
        }
      }),
    );
  });

  it('does not follow the order', () => {
    const first = keptColours(new Map(), ['a', 'b', 'c']);
    const then = keptColours(first, ['c', 'd', 'a']);
    expect([then.get('a'), then.get('c'), then.get('d')]).toEqual([0, 2, 1]);
    expect(keptColours(then, ['b']).get('b')).toBe(1);
  });
});

describe('the figures of a group', () => {
  it('say what an answer costs, without those of unknown cost', () => {
    expect(perAnswer(total(10n, { runs: 4, unknown: 1 }))).toBe(3n);
    expect(perAnswer(total(0n, { runs: 2, unknown: 1, running: 1 }))).toBeNull();
  });

  it('compare with the time before only where there was one', () => {
    expect(changeOf(nano(118n), nano(100n), true)).toEqual({ kind: 'share', share: 0.18 });
    expect(changeOf(nano(92n), nano(100n), true)).toEqual({ kind: 'share', share: -0.08 });
    expect(changeOf(nano(1n), null, true)).toEqual({ kind: 'new' });
    expect(changeOf(nano(1n), nano(1n), false)).toEqual({ kind: 'none' });
    expect(shareOf(1n, 0n)).toBeNull();
  });

  it('are sorted, what is not known last either way', () => {
    const groups = [
      group('free', 0n, { total: total(0n, { unknown: 1 }) }),
      group('dear', 9n),
      group('cheap', 1n),
    ];
    const keys = (descending: boolean) =>
      sortedGroups(groups, { by: 'cost', descending }, ({ name }) => name).map(({ key }) => key);
    expect(keys(true)).toEqual(['dear', 'cheap', 'free']);
    expect(keys(false)).toEqual(['cheap', 'dear', 'free']);
    expect(nextSort({ by: 'cost', descending: true }, 'name')).toEqual({
      by: 'name',
      descending: false,
    });
  });
});

describe('the chart of a report', () => {
  const report = (more: Partial<SpendingReport>): SpendingReport => ({
    from: '2026-02-26',
    to: '2026-02-27',
    bucket: 'day',
    buckets: [
      { start: '2026-02-26', parts: [], unknown: 0 },
      { start: '2026-02-27', parts: [], unknown: 0 },
    ],
    groups: [],
    other: null,
    otherCount: 0,
    sum: group('', 0n),
    previous: null,
    ...more,
  });
  const now = new Date('2026-02-27T12:00:00').getTime();

  it('marks today and what is to come', () => {
    const bars = chartBars(report({}), ['2026-02-28'], now);
    expect(bars.map(({ label, time }) => [label, time])).toEqual([
      ['26', 'past'],
      ['27', 'now'],
      ['28', 'coming'],
    ]);
  });

  it('leads from a longer bar to all its days, the last only as far as they go', () => {
    const weeks = report({
      from: '2026-01-01',
      to: '2026-01-08',
      bucket: 'week',
      buckets: [
        { start: '2026-01-01', parts: [], unknown: 0 },
        { start: '2026-01-05', parts: [], unknown: 0 },
      ],
    });
    expect(chartBars(weeks, [], now).map(({ place }) => place)).toEqual([
      { from: '2026-01-01', to: '2026-01-04' },
      { from: '2026-01-05', to: '2026-01-08' },
    ]);
  });

  it('has the parts in the order of the table, and the rest as one', () => {
    const groups = [...'abcdefgh'].map((key, at) =>
      group(key, 10n, { trend: [nano(BigInt(at)), nano(1n)] }),
    );
    const all = report({ groups, other: group('', 5n, { trend: [nano(5n), nano(5n)] }) });
    const series = chartSeries(all, [...'hgfedcba'], 'model');
    expect(series.map(({ key }) => key)).toEqual(['f', 'e', 'd', 'c', 'b', 'a', null]);
    expect(series.at(-1)?.amounts).toEqual([6n + 7n + 5n, 7n]);
    expect(chartSeries(all, ['a'], 'day')).toEqual([{ key: null, amounts: all.sum.trend }]);
  });
});

describe('routing compared', () => {
  const figures = (routing: string, answers: number, cost: bigint | null, p50: number | null) => ({
    routing,
    total: total(1n),
    answers,
    costPerAnswer: cost === null ? null : nano(cost),
    totalMs: p50 === null ? null : { p50, p95: p50 },
    firstTokenMs: null,
  });

  it('names the best only among those with answers enough', () => {
    const rows = [figures('price', 20, 3n, 900), figures('perf', 20, 5n, 400)];
    expect(bestRouting(rows)).toEqual({ cheapest: 'price', fastest: 'perf' });
    expect(bestRouting([...rows, figures('perf_avg', 2, 1n, 100)])).toEqual({
      cheapest: 'price',
      fastest: 'perf',
    });
    const [first] = rows;
    expect(bestRouting(first ? [first] : [])).toEqual({ cheapest: null, fastest: null });
    expect(bestRouting([figures('price', 9, null, 1), figures('perf', 9, null, 2)])).toEqual({
      cheapest: null,
      fastest: 'price',
    });
  });
});
