import { describe, expect, it, onTestFinished } from 'vitest';
import { draftOf, typedLimit } from '../../../renderer/features/budgets/budget-draft';
import { setFormatLocale } from '../../../renderer/ui/format';
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

  it('has its thousands set apart as the language has it', () => {
    const read = (locale: string, text: string) => {
      setFormatLocale(locale);
      return typedLimit(text);
    };
    onTestFinished(() => setFormatLocale('en'));
    for (const text of ['1,000', '$1,000.00', '1 000', '1000']) {
      expect(read('en', text), text).toBe(parseUsd('1000'));
    }
    for (const text of ['25.000', '25.000,00 $', '25\u2019000']) {
      expect(read('de', text), text).toBe(parseUsd('25000'));
    }
    expect(read('en', '1.125')).toBe(parseUsd('1.125'));
    expect(read('de', '1,125')).toBe(parseUsd('1.125'));
    expect(read('zh-CN', '1,250,000')).toBe(parseUsd('1250000'));
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
    for (const text of ['', '0', '1,00,000', '1.000,00', 'ten'])
      expect(typedLimit(text), text).toBeNull();
  });
});
