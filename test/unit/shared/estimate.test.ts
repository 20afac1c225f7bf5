import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Offer } from '../../../shared/contract/connection';
import {
  answerEstimate,
  type CostRecord,
  costOfTokens,
  likelyReply,
  messageEstimate,
  NO_RECORD,
  possibleOffers,
} from '../../../shared/estimate';
import { nano } from '../../../shared/money';

const offer = (change: Partial<Offer> = {}): Offer => ({
  provider: null,
  inputPrice: nano(2_500_000_000n),
  outputPrice: nano(10_000_000_000n),
  unit: 'token',
  inferred: false,
  contextTokens: null,
  maxReplyTokens: null,
  latencyMs: null,
  ...change,
});

/** Of a model whose answers have 100 to 200 tokens. */
const record = (change: Partial<CostRecord> = {}): CostRecord => ({
  ...NO_RECORD,
  reply: { low: 100, high: 200 },
  ...change,
});
const PAID = { input: nano(1_000_000_000n), output: nano(4_000_000_000n) };

describe('what an answer costs, about', () => {
  it('is its prompt and a likely reply at the prices of the list', () => {
    expect(answerEstimate({ record: record(), offers: [offer()] }, 1000, {})).toEqual({
      low: 3_500_000n,
      high: 4_500_000n,
      basis: 'prices',
    });
  });

  it('is what such answers have cost before, whatever the list says', () => {
    const known = record({ priced: 3, prices: PAID });
    const paid = { low: 1_400_000n, high: 1_800_000n, basis: 'ledger' };
    expect(answerEstimate({ record: known, offers: [] }, 1000, {})).toEqual(paid);
    expect(answerEstimate({ record: known, offers: [offer()] }, 1000, {})).toEqual(paid);
  });

  it('is as wide as what was paid has differed, and as tokens were counted otherwise', () => {
    const known = record({
      prices: PAID,
      spread: { low: 500, high: 2000 },
      counted: { low: 1000, high: 1500 },
    });
    expect(answerEstimate({ record: known, offers: [] }, 1000, {})).toMatchObject({
      low: 700_000n,
      high: 4_600_000n,
    });
  });

  it('reaches from the cheapest offer to the dearest', () => {
    const dear = offer({ inputPrice: nano(5_000_000_000n), outputPrice: nano(20_000_000_000n) });
    const offers = [offer(), dear];
    expect(answerEstimate({ record: record(), offers }, 1000, {})).toMatchObject({
      low: 3_500_000n,
      high: 9_000_000n,
    });
  });

  it('is not known unless every offer states its prices for tokens', () => {
    const of = (...offers: Offer[]) => answerEstimate({ record: record(), offers }, 1000, {});
    expect(of()).toBeNull();
    expect(of(offer(), offer({ outputPrice: null }))).toBeNull();
    expect(of(offer({ outputPrice: null }), offer())).toBeNull();
    expect(of(offer({ unit: null }))).toBeNull();
    expect(of(offer({ unit: 'character' }))).toBeNull();
  });

  it('counts the offers that the parameters leave', () => {
    const offers = [offer({ provider: 'a' }), offer({ provider: 'b' })];
    expect(possibleOffers({ offers }, {})).toHaveLength(2);
    expect(possibleOffers({ offers }, { provider: 'b' })).toEqual([offers[1]]);
    expect(possibleOffers({ offers }, { routing: 'price' })).toEqual([offers[0]]);
    expect(possibleOffers({ offers }, { provider: 'unheard-of' })).toHaveLength(2);
  });
});

describe('a likely reply', () => {
  it('is as long as most, or as usual where nothing is known', () => {
    expect(likelyReply(record(), {})).toEqual({ low: 100, high: 200 });
    expect(likelyReply(NO_RECORD, {})).toEqual({ low: 150, high: 600 });
  });

  it('is never longer than it may be', () => {
    expect(likelyReply(NO_RECORD, { max_tokens: 300 })).toEqual({ low: 150, high: 300 });
    expect(likelyReply(NO_RECORD, { max_completion_tokens: 100 })).toEqual({ low: 100, high: 100 });
  });
});

describe('what a message costs, about', () => {
  const one = { low: nano(10n), high: nano(20n), basis: 'ledger' } as const;

  it('is that of all models, as many times as each answers', () => {
    expect(messageEstimate([one, one], 3)).toEqual({ low: 60n, high: 120n, basis: 'ledger' });
    expect(messageEstimate([one, { ...one, basis: 'prices' }], 1)?.basis).toBe('prices');
  });

  it('is not known when one of them is not', () => {
    expect(messageEstimate([one, null], 1)).toBeNull();
    expect(messageEstimate([one, undefined], 1)).toBeNull();
    expect(messageEstimate([], 1)).toBeNull();
  });
});

describe('what tokens cost', () => {
  const used = { prompt: 1000, reply: 100 };

  it('goes by what was paid before, else by the offer that served or the only one', () => {
    const offers = [offer({ provider: 'a' }), offer({ provider: 'b', inputPrice: nano(0n) })];
    expect(costOfTokens({ record: record({ prices: PAID }), offers }, 'b', used)).toBe(1_400_000n);
    expect(costOfTokens({ record: record(), offers }, 'b', used)).toBe(1_000_000n);
    expect(costOfTokens({ record: record(), offers: [offer()] }, 'c', used)).toBe(3_500_000n);
  });

  it('is not known where several could have served', () => {
    const offers = [offer({ provider: 'a' }), offer({ provider: 'b' })];
    expect(costOfTokens({ record: record(), offers }, null, used)).toBeNull();
    expect(costOfTokens({ record: record(), offers: [] }, 'a', used)).toBeNull();
  });
});

describe('an estimate, whatever is known', () => {
  const range = (max: number) =>
    fc
      .tuple(fc.nat(max), fc.nat(max))
      .map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) }));
  const price = fc.bigInt(0n, 10n ** 12n).map(nano);
  const offers = fc.array(
    fc.tuple(price, price).map(([inputPrice, outputPrice]) => offer({ inputPrice, outputPrice })),
    { maxLength: 4 },
  );
  const sources = fc.record({
    record: fc.record({
      priced: fc.nat(60),
      prices: fc.option(fc.record({ input: price, output: price })),
      spread: range(5000),
      counted: range(5000),
      reply: fc.option(range(100_000)),
    }),
    offers,
  });
  const tokens = fc.nat(1_000_000);
  const values = fc.record(
    { max_tokens: fc.integer({ min: 1, max: 100_000 }) },
    { requiredKeys: [] },
  );

  it('goes from less to more, never below nothing', () => {
    fc.assert(
      fc.property(sources, tokens, values, (known, prompt, set) => {
        const estimate = answerEstimate(known, prompt, set);
        if (!estimate) return;
        expect(estimate.low).toBeGreaterThanOrEqual(0n);
        expect(estimate.low).toBeLessThanOrEqual(estimate.high);
      }),
    );
  });

  it('never falls when there is more to send', () => {
    fc.assert(
      fc.property(sources, tokens, tokens, values, (known, prompt, more, set) => {
        const less = answerEstimate(known, prompt, set);
        const longer = answerEstimate(known, prompt + more, set);
        expect(longer === null).toBe(less === null);
        if (!less || !longer) return;
        expect(longer.low).toBeGreaterThanOrEqual(less.low);
        expect(longer.high).toBeGreaterThanOrEqual(less.high);
      }),
    );
  });

  it('is as many times more as there are answers', () => {
    fc.assert(
      fc.property(sources, tokens, fc.integer({ min: 1, max: 100 }), (known, prompt, times) => {
        const one = answerEstimate(known, prompt, {});
        const all = messageEstimate([one], times);
        expect(all && { low: all.low, high: all.high }).toEqual(
          one && { low: one.low * BigInt(times), high: one.high * BigInt(times) },
        );
      }),
    );
  });

  it('never falls when the limit of the reply rises', () => {
    fc.assert(
      fc.property(sources, tokens, fc.integer({ min: 1, max: 10_000 }), (known, prompt, limit) => {
        const short = answerEstimate(known, prompt, { max_tokens: limit });
        const long = answerEstimate(known, prompt, { max_tokens: limit * 2 });
        if (!short || !long) return;
        expect(long.low).toBeGreaterThanOrEqual(short.low);
        expect(long.high).toBeGreaterThanOrEqual(short.high);
      }),
    );
  });
});
