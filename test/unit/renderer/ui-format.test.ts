import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
  count,
  dayAndTime,
  milliseconds,
  moment,
  monthName,
  percent,
  seconds,
  setFormatLocale,
  timeGroup,
  timeOfDay,
  usd,
  usdParts,
  usdRange,
} from '../../../renderer/ui/format';
import { nano, usdText } from '../../../shared/money';

const at = (year: number, month: number, day: number, hour = 12, minute = 0) =>
  new Date(year, month - 1, day, hour, minute).getTime();

afterEach(() => setFormatLocale('en'));

describe('money', () => {
  it.each([
    [1_878_000n, 6, '$0.001878'],
    [12_408_317_000n, 6, '$12.408317'],
    [12_408_317_000n, 2, '$12.41'],
    [50_000n, 4, '$0.0001'],
    [49_999n, 4, '$0.0000'],
    [0n, 6, '$0.000000'],
    [1_234_567_891_000_000n, 2, '$1,234,567.89'],
    [-1_500_000_000n, 2, '\u2212$1.50'],
    [123_456_789_012_345_678_901n, 0, '$123,456,789,012'],
  ])('writes %s with %i decimals as %s', (amount, decimals, text) => {
    expect(usd(nano(amount), decimals)).toBe(text);
  });

  it.each([
    ['de', '1.234,57\u00a0$', '\u22120,001878\u00a0$', '0,0021–0,0034\u00a0$'],
    ['de-AT', '$\u00a01\u00a0234,57', '\u2212$\u00a00,001878', '$\u00a00,0021–0,0034'],
    ['zh-CN', '$1,234.57', '\u2212$0.001878', '$0.0021–0.0034'],
  ])('groups, points and signs as %s does', (locale, large, negative, range) => {
    setFormatLocale(locale);
    expect(usd(nano(1_234_567_891_000n), 2)).toBe(large);
    expect(usd(nano(-1_878_000n), 6)).toBe(negative);
    expect(usdRange(nano(2_100_000n), nano(3_400_000n))).toBe(range);
  });

  it.each(['en', 'de', 'de-AT', 'zh-CN'])('keeps each digit of an amount in %s', (locale) => {
    setFormatLocale(locale);
    const signs = /[^0-9]/g;
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 24n }),
        fc.integer({ min: 0, max: 9 }),
        (units, at) => {
          const amount = nano(units);
          expect(usd(amount, at).replace(signs, '')).toBe(usdText(amount, at).replace(signs, ''));
          const { before, strong, after } = usdParts(amount, at);
          expect(before + strong + after).toBe(usd(amount, at));
        },
      ),
    );
  });

  it('lets the sign behind the figure step back with what says nothing', () => {
    setFormatLocale('de');
    const parts = (units: bigint, decimals: number) => usdParts(nano(units), decimals);
    expect(parts(1_878_000n, 6)).toEqual({ before: '0,00', strong: '1878', after: '\u00a0$' });
    expect(parts(12_408_317_000n, 6)).toEqual({
      before: '',
      strong: '12,40',
      after: '8317\u00a0$',
    });
  });

  it.each([
    [1_878_000n, 6, '$0.00', '1878', ''],
    [981_085_000n, 6, '$0.', '981085', ''],
    [14_203_000n, 6, '$0.0', '14203', ''],
    [12_408_317_000n, 6, '', '$12.40', '8317'],
    [10_000_000_000n, 6, '', '$10.00', '0000'],
    [12_408_317_000n, 2, '', '$12.41', ''],
    [0n, 6, '', '$0.000000', ''],
    [0n, 2, '$0.00', '', ''],
    [1n, 6, '$0.000000', '', ''],
    [1_000n, 6, '$0.00000', '1', ''],
    [1_234_567_891_000n, 6, '', '$1,234.56', '7891'],
    [-1_878_000n, 6, '\u2212$0.00', '1878', ''],
    [-2_500_000_000n, 6, '', '\u2212$2.50', '0000'],
    [5_000_000_000n, 0, '', '$5', ''],
  ])('lets what says nothing of %s step back', (amount, decimals, before, strong, after) => {
    expect(usdParts(nano(amount), decimals)).toEqual({ before, strong, after });
  });

  it('joins the ends of a range with an en dash and one sign', () => {
    expect(usdRange(nano(2_100_000n), nano(3_400_000n))).toBe('$0.0021–0.0034');
    expect(usdRange(nano(1_400_000n), nano(1_400_000n))).toBe('$0.0014');
    expect(usdRange(nano(12_000n), nano(31_000n))).toBe('$0.000012–0.000031');
    expect(usdRange(nano(16_900_000_000n), nano(16_900_000_000n), 2)).toBe('$16.90');
  });
});

describe('figures', () => {
  it('counts, times and shares', () => {
    expect(count(1904)).toBe('1,904');
    expect(seconds(2740)).toBe('2.7 s');
    expect(seconds(610, 2)).toBe('0.61 s');
    expect(seconds(59_949)).toBe('59.9 s');
    expect(seconds(59_950)).toBe('1 min 0 s');
    expect(seconds(72_400)).toBe('1 min 12 s');
    expect(percent(0.184, 1)).toBe('18.4 %');
  });

  it.each([
    ['de', '1.904', '2,7 s', '1 min 12 s', '212 ms', '18,4 %'],
    ['zh-CN', '1,904', '2.7 秒', '1 分 12 秒', '212 毫秒', '18.4%'],
  ])('does so in %s', (locale, counted, short, long, brief, share) => {
    setFormatLocale(locale);
    expect(count(1904)).toBe(counted);
    expect(seconds(2740)).toBe(short);
    expect(seconds(72_400)).toBe(long);
    expect(milliseconds(212)).toBe(brief);
    expect(percent(0.184, 1)).toBe(share);
  });
});

describe('dates', () => {
  const now = at(2026, 11, 22, 14, 32);

  it('writes the time of day in 24 hours', () => {
    expect(timeOfDay(at(2026, 11, 22, 0, 5))).toBe('00:05');
    expect(timeOfDay(at(2026, 11, 22, 14, 2))).toBe('14:02');
    setFormatLocale('en-US');
    expect(timeOfDay(at(2026, 11, 22, 14, 2))).toBe('14:02');
  });

  it('names only as much of a moment as is not clear', () => {
    setFormatLocale('en-GB');
    expect(moment(at(2026, 11, 22, 9, 5), now)).toBe('09:05');
    expect(moment(at(2026, 11, 21, 9, 5), now)).toBe('21 Nov, 09:05');
    expect(moment(at(2025, 11, 21, 9, 5), now)).toBe('21 Nov 2025, 09:05');
    expect(dayAndTime(now)).toBe('22 Nov, 14:32');
    expect(monthName(now, now)).toBe('November');
    expect(monthName(at(2025, 3, 1), now)).toBe('March 2025');
  });

  it.each([
    ['de', '22. Nov., 14:32', '21. Nov. 2025, 09:05', 'März 2025'],
    ['zh-CN', '11月22日 14:32', '2025年11月21日 09:05', '2025年3月'],
  ])('writes them in %s', (locale, short, long, month) => {
    setFormatLocale(locale);
    expect(dayAndTime(now)).toBe(short);
    expect(moment(at(2025, 11, 21, 9, 5), now)).toBe(long);
    expect(monthName(at(2025, 3, 1), now)).toBe(month);
  });

  it.each([
    [at(2026, 11, 22, 0, 0), 'today'],
    [at(2026, 11, 23, 8, 0), 'today'],
    [at(2026, 11, 21, 23, 59), 'yesterday'],
    [at(2026, 11, 20), 'month'],
    [at(2026, 11, 1, 0, 0), 'month'],
    [at(2026, 10, 31, 23, 59), '2026-10'],
    [at(2025, 11, 22), '2025-11'],
  ])('puts %s into its group', (ms, group) => {
    expect(timeGroup(ms, now)).toBe(group);
  });

  it('calls the last day of the month before yesterday, not that month', () => {
    expect(timeGroup(at(2026, 10, 31), at(2026, 11, 1))).toBe('yesterday');
  });
});
