import { describe, expect, it } from 'vitest';
import { rarityOf, weightOf } from '../../electron/store/queries/search-relevance';
import fc from '../fixtures/fast-check';

const length = fc.integer({ min: 1, max: 5_000 });
const times = fc.integer({ min: 0, max: 50 });
const rarity = fc.double({ min: 0.01, max: 20, noNaN: true });

describe('the weight of a text', () => {
  it('grows with each hit, and is less in a longer text', () => {
    fc.assert(
      fc.property(length, length, times, rarity, (words, average, hits, rare) => {
        const weight = (count: number, long = words) =>
          weightOf({ times: [count], length: long }, average, [rare]);
        expect(weight(0)).toBe(0);
        expect(weight(hits + 1)).toBeGreaterThan(weight(hits));
        expect(weight(hits + 1, words + 1)).toBeLessThan(weight(hits + 1));
      }),
    );
  });

  it('counts a rare word for more than a frequent one', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1_000_000), fc.nat(1_000_000), (one, other, rest) => {
        const all = Math.max(one, other) + rest;
        expect(rarityOf(one, all)).toBeGreaterThan(0);
        if (one < other) expect(rarityOf(one, all)).toBeGreaterThan(rarityOf(other, all));
      }),
    );
  });
});
