import { describe, expect, it } from 'vitest';
import { draftOf, typedLimit } from '../../../renderer/features/budgets/budget-draft';
import type { Budget } from '../../../shared/budget';
import { budgetId } from '../../../shared/ids';
import { nano, parseUsd } from '../../../shared/money';
import fc from '../../fixtures/fast-check';

describe('the limit that is typed for a budget', () => {
  it('has a point or a comma before its cents', () => {
    expect(typedLimit('$ 20.50')).toBe(parseUsd('20.5'));
    expect(typedLimit('20,50 $')).toBe(parseUsd('20.5'));
    expect(typedLimit('0,005')).toBe(parseUsd('0.005'));
  });

  it('is no thousandth of itself where its thousands are set apart', () => {
    expect(typedLimit('1,000')).toBe(parseUsd('1000'));
    expect(typedLimit('$25.000')).toBe(parseUsd('25000'));
    expect(typedLimit('1 000')).toBe(parseUsd('1000'));
  });

  it('is what it was when a budget is opened and kept', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 15n - 1n }), (amount) => {
        const budget: Budget = {
          id: budgetId.parse(1),
          scope: { kind: 'all' },
          name: '',
          period: 'month',
          limit: nano(amount),
          warnPercent: 80,
          stops: true,
        };
        expect(typedLimit(draftOf(budget).limit)).toBe(amount);
      }),
    );
    expect(typedLimit('1.2340')).toBe(parseUsd('1.234'));
  });

  it('is none where one cannot tell what is meant', () => {
    for (const text of ['', '0', '1,000.00', 'ten']) expect(typedLimit(text), text).toBeNull();
  });
});
