import { describe, expect, it } from 'vitest';
import { aheadOf, type BudgetedAsk, standingOf, stopping } from '../../../electron/money/budgets';
import type { BudgetScope, BudgetState } from '../../../shared/budget';
import { budgetId, connectionId, conversationId, presetId } from '../../../shared/ids';
import { type NanoUsd, nano } from '../../../shared/money';
import fc from '../../fixtures/fast-check';

const amount = fc.bigInt({ min: 0n, max: 10n ** 13n }).map(nano);
const few = fc.nat(3);
const range = fc.tuple(amount, amount).map(([low, more]) => ({ low, high: nano(low + more) }));

const scope: fc.Arbitrary<BudgetScope> = fc.oneof(
  fc.constant({ kind: 'all' } as const),
  few.map((id) => ({ kind: 'conversation', id: conversationId.parse(id + 1) }) as const),
  few.map((id) => ({ kind: 'preset', id: presetId.parse(id + 1) }) as const),
  few.map((id) => ({ kind: 'connection', id: connectionId.parse(id + 1) }) as const),
);

const state: fc.Arbitrary<BudgetState> = fc
  .record({
    scope,
    limit: amount.map((limit) => nano(limit + 1n)),
    warnPercent: fc.integer({ min: 1, max: 100 }),
    stops: fc.boolean(),
    known: amount,
    estimated: amount,
    unknown: few,
    running: range,
    runs: few,
  })
  .map(({ known, estimated, unknown, running, runs, ...budget }) => ({
    budget: { ...budget, id: budgetId.parse(1), name: '', period: 'month' },
    spent: { known, estimated, unknown, running: { ...running, count: runs, unknown: 0 } },
  }));

const ask: fc.Arbitrary<BudgetedAsk> = fc.record({
  conversationId: fc.option(few.map((id) => conversationId.parse(id + 1))),
  presetId: fc.option(few.map((id) => presetId.parse(id + 1))),
  connectionId: few.map((id) => connectionId.parse(id + 1)),
  isDemo: fc.boolean(),
  estimate: fc.option(range),
});

const asks = fc.array(ask, { minLength: 1, maxLength: 5 });

function budget(limit: bigint, spent: bigint, more: Partial<BudgetState['budget']> = {}) {
  return {
    budget: {
      id: budgetId.parse(1),
      scope: { kind: 'all' },
      name: '',
      period: 'month',
      limit: nano(limit),
      warnPercent: 80,
      stops: true,
      ...more,
    },
    spent: {
      known: nano(spent),
      estimated: nano(0n),
      unknown: 0,
      running: { low: nano(0n), high: nano(0n), count: 0, unknown: 0 },
    },
  } satisfies BudgetState;
}

function costing(low: bigint, high: bigint): { low: NanoUsd; high: NanoUsd; unknown: number } {
  return { low: nano(low), high: nano(high), unknown: 0 };
}

const UNFORESEEN = { ...costing(0n, 0n), unknown: 1 };

describe('a budget', () => {
  it('lets through what reaches its limit, and stops what could pass it by a nano-dollar', () => {
    expect(standingOf(budget(100n, 60n), costing(10n, 40n)).verdict).toBe('warn');
    expect(standingOf(budget(100n, 60n), costing(10n, 41n))).toMatchObject({
      verdict: 'stop',
      over: 1n,
      reaches: { low: 70n, high: 101n },
    });
  });

  it('warns from its percentage on', () => {
    expect(standingOf(budget(1000n, 799n)).verdict).toBe('fine');
    expect(standingOf(budget(1000n, 800n))).toMatchObject({ verdict: 'warn', warnAt: 800n });
    expect(standingOf(budget(3n, 2n, { warnPercent: 67 })).verdict).toBe('fine');
  });

  it('only warns where it is not to stop', () => {
    expect(standingOf(budget(100n, 100n, { stops: false }), costing(50n, 50n)).verdict).toBe(
      'warn',
    );
  });

  it('lets through what nobody can foresee until nothing is left', () => {
    expect(standingOf(budget(100n, 10n), UNFORESEEN).verdict).toBe('fine');
    expect(standingOf(budget(100n, 99n), UNFORESEEN).verdict).toBe('warn');
    expect(standingOf(budget(100n, 100n), UNFORESEEN).verdict).toBe('stop');
  });

  it('never stops what is known to be free', () => {
    fc.assert(
      fc.property(state, (of) => {
        expect(standingOf(of, costing(0n, 0n)).verdict).not.toBe('stop');
      }),
    );
  });

  it('counts what is on its way, in full', () => {
    fc.assert(
      fc.property(state, asks, (of, all) => {
        const { spent, budget: its } = of;
        const ahead = aheadOf(its.scope, all);
        const standing = standingOf(of, ahead);
        const high = spent.known + spent.estimated + spent.running.high + ahead.high;
        expect(standing.reaches.high).toBe(high);
        expect(standing.reaches.low <= standing.reaches.high).toBe(true);
        expect(standing.over).toBe(high > its.limit ? high - its.limit : 0n);
        if (its.stops && ahead.high > 0n && standing.over > 0n) {
          expect(standing.verdict).toBe('stop');
        }
      }),
    );
  });

  it('is stricter the more is spent or asked for', () => {
    const rank = { fine: 0, warn: 1, stop: 2 };
    fc.assert(
      fc.property(state, asks, ask, amount, (of, all, one, more) => {
        const { scope: its } = of.budget;
        const before = rank[standingOf(of, aheadOf(its, all)).verdict];
        const asked = rank[standingOf(of, aheadOf(its, [...all, one])).verdict];
        const spent = { ...of.spent, known: nano(of.spent.known + more) };
        const later = rank[standingOf({ ...of, spent }, aheadOf(its, all)).verdict];
        expect(asked).toBeGreaterThanOrEqual(before);
        expect(later).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  it('has nothing to do with the demo, nor with what is not its own', () => {
    fc.assert(
      fc.property(scope, asks, (its, all) => {
        const own = all.filter(
          ({ isDemo, ...one }) =>
            !isDemo &&
            (its.kind === 'all' ||
              its.id === { ...one, id: null }[`${its.kind}Id` as 'presetId' | 'connectionId']),
        );
        const sum = own.reduce((high, { estimate }) => high + (estimate?.high ?? 0n), 0n);
        expect(aheadOf(its, all).high).toBe(sum);
        expect(aheadOf(its, all).unknown).toBe(own.filter((one) => !one.estimate).length);
      }),
    );
  });

  it('is named first when it is passed most', () => {
    const small = budget(100n, 90n);
    const large = budget(1000n, 980n, { id: budgetId.parse(2) });
    const one: BudgetedAsk = {
      conversationId: null,
      presetId: null,
      connectionId: connectionId.parse(1),
      isDemo: false,
      estimate: costing(30n, 60n),
    };
    expect(stopping([large, small, budget(10_000n, 0n)], [one]).map(({ over }) => over)).toEqual([
      50n,
      40n,
    ]);
    expect(stopping([large, small], [{ ...one, isDemo: true }])).toEqual([]);
  });
});
