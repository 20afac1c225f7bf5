import { describe, expect, it } from 'vitest';
import { readPrices } from '../../../electron/provider/prices';
import { exactDollars } from '../../../electron/simulator/decimal-dollars';
import fc from '../../fixtures/fast-check';

const UNKNOWN = { inputPrice: null, outputPrice: null };

/** Dollars for a million tokens, in nano-dollars. */
const dollars = (amount: number) => BigInt(Math.round(amount * 1e9));

function live(input: unknown, output: unknown, more: object = {}) {
  return readPrices({ price_type: 'token', input_cost: input, output_cost: output, ...more });
}

describe('prices as OpenRouter and the detailed list print them', () => {
  it('are for one token', () => {
    const pricing = { prompt: '0.0000025', completion: '0.00001', image: '0.003613', request: '0' };
    expect(readPrices({ pricing })).toEqual({
      inputPrice: dollars(2.5),
      outputPrice: dollars(10),
      unit: 'token',
      inferred: false,
    });
  });

  it('are read as numbers with the digits they were printed with', () => {
    const pricing = JSON.parse('{"prompt":2.5e-07,"completion":0.000000123456789}');
    expect(readPrices({ pricing })).toMatchObject({
      inputPrice: dollars(0.25),
      outputPrice: 123_456_789n,
    });
  });

  it.each([
    ['negative', { prompt: '-1', completion: '-1' }],
    ['more than a thousand dollars for a million', { prompt: '0.0011', completion: '3' }],
    ['words', { prompt: 'free', completion: 'NaN' }],
    ['absent', {}],
    ['of other types', { prompt: {}, completion: [1] }],
    ['zero beside a price of the request', { prompt: '0', completion: '0', request: '0.01' }],
    ['zero beside a price that cannot be read', { prompt: '0', completion: '0', image: 'dear' }],
  ])('are unknown when they are %s', (_, pricing) => {
    expect(readPrices({ pricing })).toEqual({ ...UNKNOWN, unit: null, inferred: false });
  });

  it('are zero when all of them are', () => {
    const pricing = { prompt: '0', completion: '0.0', request: 0, overrides: [] };
    expect(readPrices({ pricing })).toMatchObject({ inputPrice: 0n, outputPrice: 0n });
  });
});

describe('prices as documented in 2025', () => {
  it.each([
    ['token', 'token', 0.000006, 6],
    ['tokens', 'token', '0.000006', 6],
    ['char', 'character', '0.000015', 15],
    ['image', 'image', 0.04, 40_000],
    ['request', 'request', '0.005', 5_000],
    ['minute', 'minute', 0.006, 6_000],
  ])('are for one %s', (price_type, unit, price, million) => {
    expect(readPrices({ price_type, req_price: price, res_price: '0' })).toEqual({
      inputPrice: dollars(million),
      outputPrice: 0n,
      unit,
      inferred: false,
    });
  });

  it.each([
    ['their unit is not said', { req_price: '0.1' }, null],
    ['their unit is no unit', { price_type: 'provider', req_price: '0.1' }, 'provider'],
    ['they are absurd for one token', { price_type: 'token', req_price: 2.5 }, 'token'],
    ['they are absurd for anything', { price_type: 'image', req_price: 1000 }, 'image'],
    ['they are too long', { price_type: 'token', req_price: '0'.repeat(65) }, 'token'],
    ['there are none', {}, null],
  ])('are unknown when %s', (_, row, unit) => {
    expect(readPrices(row)).toEqual({ ...UNKNOWN, unit, inferred: false });
  });
});

describe('prices of 2026, which do not say what they are for', () => {
  it.each<[string, unknown, unknown, number, number]>([
    ['a million', '2.5', '10', 2.5, 10],
    ['a million', '150', '600', 150, 600],
    ['a million', '0.01', '0.02', 0.01, 0.02],
    ['a million', '0.00101', null, 0.00101, Number.NaN],
    ['one', '0.0000025', '0.00001', 2.5, 10],
    ['one', 6e-6, 1.8e-5, 6, 18],
    ['one', '0.001', '0.00000001', 1000, 0.01],
    ['one, beside a zero', '0.00000002', '0', 0.02, 0],
    ['a million, beside a zero', '0', '0.02', 0, 0.02],
  ])('are taken for %s by their size: %s and %s', (_, input, output, ...million) => {
    const [inputPrice, outputPrice] = million.map((price) =>
      Number.isNaN(price) ? null : dollars(price),
    );
    expect(live(input, output)).toEqual({
      inputPrice,
      outputPrice,
      unit: 'token',
      inferred: true,
    });
  });

  it.each<[string, unknown, unknown, object]>([
    ['the two disagree', '0.000002', '8', {}],
    ['the two disagree the other way', '8', '0.000002', {}],
    ['one is negative', '-1', '2', {}],
    ['one is no number', 'cheap', '2', {}],
    ['they are absurd for a million', '1001', '2', {}],
    ['their unit has no usual size', '0.04', null, { price_type: 'image' }],
    ['their unit is not said', '2.5', '10', { price_type: null }],
    ['the average cost says the opposite', '2.5', '10', { avg_cost: '1500' }],
    ['the average cost fits neither', '0.0000025', '0.00001', { avg_cost: '0.0000000015' }],
  ])('are unknown when %s', (_, input, output, more) => {
    expect(live(input, output, more)).toMatchObject({ ...UNKNOWN, inferred: false });
  });

  it.each(['0.0015', '0.002', 0.0005, '0', null, 'x'])(
    'are kept beside an average cost of %s for a thousand characters',
    (avg_cost) => {
      expect(live('2.5', '10', { avg_cost })).toMatchObject({ inputPrice: dollars(2.5) });
    },
  );

  it('of zero are zero whatever they are for, and nothing was concluded', () => {
    const zero = { inputPrice: 0n, outputPrice: 0n, inferred: false };
    expect(live('0', '0')).toEqual({ ...zero, unit: 'token' });
    expect(live('0.000', 0, { price_type: null })).toEqual({ ...zero, unit: null });
    expect(live('0', null)).toMatchObject({ inputPrice: 0n, outputPrice: null });
  });

  it('are for tokens where the type of the model leaves no other', () => {
    expect(live('2.5', '10', { price_type: null, type: 'llm' })).toMatchObject({
      inputPrice: dollars(2.5),
      unit: 'token',
      inferred: true,
    });
  });

  it('come to the same from either form, for any price a model has', () => {
    const perToken = fc.bigInt({ min: 2n, max: 1_000_000n });
    fc.assert(
      fc.property(perToken, perToken, (input, output) => {
        const one = live(exactDollars(input), exactDollars(output));
        const million = live(exactDollars(input * 1_000_000n), exactDollars(output * 1_000_000n));
        expect(one).toEqual(million);
        expect(one).toMatchObject({
          inputPrice: input * 1_000_000n,
          outputPrice: output * 1_000_000n,
        });
      }),
    );
  });
});

describe('any row', () => {
  it('has prices that are unknown or make sense', () => {
    const field = fc.constantFrom(
      'pricing',
      'prompt',
      'completion',
      'req_price',
      'res_price',
      'input_cost',
      'output_cost',
      'price_type',
      'avg_cost',
      'type',
    );
    const value = fc.oneof(
      fc.constantFrom('token', 'char', 'image', 'llm', '0', '1e-7', '-1', '1e999', 'NaN'),
      fc.double().map(String),
      fc.jsonValue(),
    );
    const row = fc.dictionary(field, fc.oneof(value, fc.dictionary(field, value)));
    fc.assert(
      fc.property(row, (fields) => {
        const { inputPrice, outputPrice, unit } = readPrices(fields);
        for (const price of [inputPrice, outputPrice]) {
          if (price === null) continue;
          expect(price >= 0n && price < 10n ** 18n).toBe(true);
          if (unit === 'token') expect(price <= 10n ** 12n).toBe(true);
        }
      }),
    );
  });
});
