import { describe, expect, it } from 'vitest';
import {
  nano,
  parseUsd,
  parseUsdPerMillion,
  sumUsd,
  usdText,
  ZERO_USD,
} from '../../../shared/money';
import fc from '../../fixtures/fast-check';

/** Amounts that a server can report: less than a million dollars. */
const amount = fc.bigInt({ min: 0n, max: 999_999_999_999_999n }).map(nano);

describe('parseUsd', () => {
  it.each<[string, bigint]>([
    ['0.001878', 1_878_000n],
    ['0.00187800', 1_878_000n],
    ['0.00199500', 1_995_000n],
    ['0', 0n],
    ['0.0', 0n],
    ['1', 1_000_000_000n],
    ['1.', 1_000_000_000n],
    ['.5', 500_000_000n],
    ['000.25', 250_000_000n],
    ['999999.999999999', 999_999_999_999_999n],
    [' 0.25\n', 250_000_000n],
  ])('reads %j exactly', (text, expected) => {
    expect(parseUsd(text)).toBe(expected);
  });

  it('keeps digits that a float would lose', () => {
    expect(parseUsd('123456.123456789')).toBe(123_456_123_456_789n);
    expect(parseUsd('0.100000001')).toBe(100_000_001n);
  });

  it.each<[string, bigint]>([
    ['1.878e-3', 1_878_000n],
    ['1878E-6', 1_878_000n],
    ['1e0', 1_000_000_000n],
    ['2.5e+2', 250_000_000_000n],
    ['1e-9', 1n],
    ['4e-10', 0n],
    ['9e-999', 0n],
    ['0e999', 0n],
    ['0.000000001e5', 100_000n],
  ])('reads the exponent of %j', (text, expected) => {
    expect(parseUsd(text)).toBe(expected);
  });

  it.each<[string, bigint]>([
    ['0.0000000005', 0n],
    ['0.0000000015', 2n],
    ['0.0000000025', 2n],
    ['0.0000000035', 4n],
    ['0.00000000050000000000000001', 1n],
    ['0.0000000024999999999', 2n],
    ['0.0000012345678', 1235n],
    ['5e-10', 0n],
    ['15e-10', 2n],
    ['51e-11', 1n],
  ])('rounds %j half to even at the tenth decimal', (text, expected) => {
    expect(parseUsd(text)).toBe(expected);
  });

  it.each([
    '',
    ' ',
    '.',
    'e5',
    '.e5',
    '-1',
    '-0.001878001',
    '+1',
    '1000000',
    '1e6',
    '99999999999999999999.99',
    '1e999',
    '1e9999',
    'NaN',
    'Infinity',
    'null',
    'free',
    '$0.01',
    '0,01',
    '1_000',
    '0x10',
    '1 2',
    '1.2.3',
    '１',
  ])('finds no cost in %j', (text) => {
    expect(parseUsd(text)).toBeNull();
  });

  it('reads back what usdText wrote', () => {
    fc.assert(
      fc.property(amount, (value) => {
        expect(parseUsd(usdText(value))).toBe(value);
      }),
    );
  });

  it('reads any float a server can print within half a nano-dollar', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 900_000, noNaN: true }), (dollars) => {
        const read = parseUsd(String(dollars));
        expect(read).not.toBeNull();
        expect(Math.abs(Number(read) / 1e9 - dollars)).toBeLessThanOrEqual(
          5.1e-10 + dollars * 1e-15,
        );
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9.eE+-]{0,40}$/)), (text) => {
        const read = parseUsd(text);
        expect(read === null || read >= 0n).toBe(true);
      }),
    );
  });
});

describe('parseUsdPerMillion', () => {
  it.each<[string, 'unit' | 'million', bigint | null]>([
    ['0.0000025', 'unit', 2_500_000_000n],
    ['2.5e-06', 'unit', 2_500_000_000n],
    ['2.5', 'million', 2_500_000_000n],
    ['0.000000000000001', 'unit', 1n],
    ['0.0000000000000005', 'unit', 0n],
    ['0.04', 'unit', 40_000_000_000_000n],
    ['999.999999999999999', 'unit', 999_999_999_999_999_999n],
    ['0', 'unit', 0n],
    ['1000', 'unit', null],
    ['999999999', 'million', 999_999_999_000_000_000n],
    ['1000000000', 'million', null],
    ['-0.000001', 'unit', null],
    ['free', 'unit', null],
    ['', 'million', null],
  ])('reads %j for one %s exactly', (text, per, expected) => {
    expect(parseUsdPerMillion(text, per)).toBe(expected);
  });

  it('comes to the same from the price of one unit and from that of a million', () => {
    const micro = fc.bigInt({ min: 0n, max: 999_999_999_999n });
    fc.assert(
      fc.property(micro, (units) => {
        const perMillion = usdText(nano(units));
        const [whole = '', fraction = ''] = perMillion.split('.');
        const digits = whole.padStart(7, '0') + fraction;
        const perUnit = `${digits.slice(0, -15)}.${digits.slice(-15)}`;
        expect(parseUsdPerMillion(perUnit, 'unit')).toBe(units);
        expect(parseUsdPerMillion(perMillion, 'million')).toBe(units);
      }),
    );
  });
});

describe('usdText', () => {
  it.each<[bigint, number, string]>([
    [1_878_000n, 9, '0.001878000'],
    [1_878_000n, 4, '0.0019'],
    [1_878_000n, 2, '0.00'],
    [5_000_000n, 2, '0.01'],
    [4_999_999n, 2, '0.00'],
    [1_500_000_000n, 0, '2'],
    [12_345_678_900n, 9, '12.345678900'],
    [-5_000_000n, 2, '-0.01'],
    [-1n, 2, '0.00'],
    [0n, 9, '0.000000000'],
  ])('writes %s nano-dollars with %i decimals as %s', (value, decimals, text) => {
    expect(usdText(nano(value), decimals)).toBe(text);
  });

  it('writes all nine decimals unless told otherwise', () => {
    expect(usdText(nano(1n))).toBe('0.000000001');
  });
});

describe('sumUsd', () => {
  it('of nothing is nothing', () => {
    expect(sumUsd([])).toBe(ZERO_USD);
  });

  it('is exact where floats are not', () => {
    expect(sumUsd(Array.from({ length: 10 }, () => nano(100_000_000n)))).toBe(1_000_000_000n);
  });

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(fc.array(amount), (amounts) => {
        expect(sumUsd(amounts.toReversed())).toBe(sumUsd(amounts));
      }),
    );
  });
});
