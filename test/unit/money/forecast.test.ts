import { describe, expect, it } from 'vitest';
import { forecastMonth, lastOfMonth, type SpentDay } from '../../../electron/money/forecast';
import { nano } from '../../../shared/money';
import fc from '../../fixtures/fast-check';

const DAY_MS = 24 * 3_600_000;

function dayAfter(day: string, by: number): string {
  return new Date(Date.parse(day) + by * DAY_MS).toISOString().slice(0, 10);
}

/** So many days before a day, each with what was spent on it. */
function daysBefore(today: string, days: number, spent: (day: string) => bigint): SpentDay[] {
  return Array.from({ length: days }, (_, at) => dayAfter(today, at - days)).map((day) => ({
    day,
    spent: spent(day),
  }));
}

describe('the forecast of a month', () => {
  it('is what was spent and as much again as on the days before', () => {
    const history = daysBefore('2026-11-22', 56, () => 100n);
    expect(forecastMonth(history, nano(2100n), '2026-11-22')).toEqual({
      low: 3000n,
      middle: 3000n,
      high: 3000n,
    });
  });

  it('knows that weekends differ', () => {
    const weekend = (day: string) => [0, 6].includes(new Date(day).getUTCDay());
    const history = daysBefore('2026-11-23', 56, (day) => (weekend(day) ? 0n : 100n));
    // From Monday 23 to Monday 30 there are six working days.
    expect(forecastMonth(history, nano(0n), '2026-11-23')?.middle).toBe(600n);
  });

  it('takes off what today has cost already', () => {
    const history = [
      ...daysBefore('2026-11-30', 56, () => 100n),
      { day: '2026-11-30', spent: 70n },
    ];
    expect(forecastMonth(history, nano(2970n), '2026-11-30')?.middle).toBe(3000n);
    const dear = [...history.slice(0, -1), { day: '2026-11-30', spent: 500n }];
    expect(forecastMonth(dear, nano(3400n), '2026-11-30')?.middle).toBe(3400n);
  });

  it('says nothing in the first two weeks, nor where hardly anything was spent', () => {
    const spent = nano(900n);
    expect(forecastMonth([], spent, '2026-11-22')).toBeNull();
    expect(
      forecastMonth(
        daysBefore('2026-11-22', 13, () => 100n),
        spent,
        '2026-11-22',
      ),
    ).toBeNull();
    expect(
      forecastMonth(
        daysBefore('2026-11-22', 14, () => 100n),
        spent,
        '2026-11-22',
      ),
    ).not.toBeNull();
    const rare = daysBefore('2026-11-22', 56, (day) => (day.endsWith('01') ? 900n : 0n));
    expect(forecastMonth(rare, spent, '2026-11-22')).toBeNull();
  });

  it('does not take days before the first use for cheap ones', () => {
    const history = daysBefore('2026-11-22', 21, () => 100n);
    expect(forecastMonth(history, nano(2100n), '2026-11-22')?.low).toBe(3000n);
  });

  it('takes nothing from days to come, which a clock that was set back leaves', () => {
    const today = '2026-11-22';
    const history = daysBefore(today, 56, () => 100n);
    const toCome = Array.from({ length: 40 }, (_, at) => ({
      day: dayAfter(today, at + 1),
      spent: 9_000n,
    }));
    const spent = nano(2100n);
    expect(forecastMonth([...history, ...toCome], spent, today)).toEqual(
      forecastMonth(history, spent, today),
    );
    expect(forecastMonth([...history.slice(0, 3), ...toCome], spent, today)).toBeNull();
  });

  it('is a range around its middle, and never below what is spent', () => {
    const day = fc.integer({ min: 0, max: 400 }).map((by) => dayAfter('2026-01-01', by));
    const spending = fc.array(
      fc.tuple(fc.integer({ min: -70, max: 0 }), fc.bigInt(0n, 10n ** 13n)),
    );
    fc.assert(
      fc.property(day, spending, fc.bigInt(0n, 10n ** 14n), (today, days, spent) => {
        const history = days.map(([by, amount]) => ({ day: dayAfter(today, by), spent: amount }));
        const found = forecastMonth(history, nano(spent), today);
        if (!found) return;
        expect(found.low >= spent).toBe(true);
        expect(found.middle >= found.low).toBe(true);
        expect(found.high >= found.middle).toBe(true);
      }),
    );
  });

  it('ends with the month, also in leap years', () => {
    expect(lastOfMonth('2026-11-22')).toBe('2026-11-30');
    expect(lastOfMonth('2028-02-01')).toBe('2028-02-29');
    expect(lastOfMonth('2026-12-31')).toBe('2026-12-31');
  });
});
