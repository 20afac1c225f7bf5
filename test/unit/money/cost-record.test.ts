import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costRecordOf } from '../../../electron/money/cost-record';
import type { AnsweredRun } from '../../../electron/store/queries/estimates';
import { answerEstimate, NO_RECORD } from '../../../shared/estimate';
import { nano } from '../../../shared/money';

function answered(
  promptTokens: number,
  replyTokens: number,
  cost: bigint | null,
  more: Partial<AnsweredRun> = {},
): AnsweredRun {
  return {
    promptTokens,
    replyTokens,
    cost: cost === null ? null : nano(cost),
    estimatedTokens: null,
    answers: 1,
    votes: 1,
    models: 1,
    ...more,
  };
}

/** One at these prices of a million, rounded as a bill is. */
function billed(prompt: number, reply: number, input: bigint, output: bigint): AnsweredRun {
  const cost = (input * BigInt(prompt) + output * BigInt(reply) + 500_000n) / 1_000_000n;
  return answered(prompt, reply, cost);
}

const INPUT = 2_500_000_000n;
const OUTPUT = 10_000_000_000n;
const talk = [
  billed(100, 300, INPUT, OUTPUT),
  billed(500, 250, INPUT, OUTPUT),
  billed(900, 320, INPUT, OUTPUT),
  billed(1400, 280, INPUT, OUTPUT),
];

describe('what the ledger says of a model', () => {
  it('is nothing before it was asked', () => {
    expect(costRecordOf([])).toEqual(NO_RECORD);
  });

  it('is no price before three answers have told theirs', () => {
    expect(costRecordOf(talk.slice(0, 2))).toMatchObject({ priced: 2, prices: null, reply: null });
    expect(costRecordOf(talk.slice(0, 3)).prices).not.toBeNull();
  });

  it('is both prices that its bills were made with', () => {
    const { prices } = costRecordOf(talk);
    expect(Number(prices?.input) / Number(INPUT)).toBeCloseTo(1, 4);
    expect(Number(prices?.output) / Number(OUTPUT)).toBeCloseTo(1, 4);
  });

  it('does not follow one bill that is unlike the others', () => {
    const { prices } = costRecordOf([...talk, answered(700, 300, 900_000_000n)]);
    expect(Number(prices?.input) / Number(INPUT)).toBeCloseTo(1, 1);
    expect(Number(prices?.output) / Number(OUTPUT)).toBeCloseTo(1, 1);
  });

  it('is one price for all tokens where question and answer stand in one proportion', () => {
    const { prices } = costRecordOf(
      [1, 2, 3].map((by) => billed(100 * by, 100 * by, 10n ** 9n, 3n * 10n ** 9n)),
    );
    expect(prices).toEqual({ input: 2_000_000_000n, output: 2_000_000_000n });
  });

  it('is that a model is free where no answer cost anything', () => {
    expect(costRecordOf([1, 2, 3].map((by) => answered(by, by, 0n))).prices).toEqual({
      input: 0n,
      output: 0n,
    });
  });

  it('leaves out what several models or votes were paid with, and what nobody told', () => {
    const more = [
      answered(100, 100, 10n ** 12n, { votes: 3 }),
      answered(100, 100, 10n ** 12n, { models: 2 }),
      answered(100, 100, null),
      answered(0, 0, 10n ** 12n),
    ];
    expect(costRecordOf([...talk, ...more])).toMatchObject({ ...costRecordOf(talk), reply: {} });
  });

  it('is how long most of its answers are, each of several by itself', () => {
    const replies = [10, 100, 110, 120, 130, 1000].map((tokens) => answered(1, tokens, null));
    expect(costRecordOf(replies).reply).toEqual({ low: 100, high: 130 });
    const twice = [200, 200, 200].map((tokens) => answered(1, tokens, null, { answers: 2 }));
    expect(costRecordOf(twice).reply).toEqual({ low: 100, high: 100 });
  });

  it('is how the server counts what we estimate, where a prompt is long enough to tell', () => {
    const counted = [1100, 1200, 1300].map((tokens) =>
      answered(tokens, 1, null, { estimatedTokens: 1000 }),
    );
    const short = answered(400, 1, null, { estimatedTokens: 4 });
    expect(costRecordOf([...counted, short]).counted).toEqual({ low: 1100, high: 1300 });
    expect(costRecordOf(counted.slice(1)).counted).toEqual({ low: 1000, high: 1000 });
  });

  it('knows prices without a count of the prompt by what was estimated of it', () => {
    const uncounted = talk.map((run) => ({
      ...run,
      promptTokens: null,
      estimatedTokens: run.promptTokens,
    }));
    expect(costRecordOf(uncounted).prices).toEqual(costRecordOf(talk).prices);
  });
});

describe('the prices of the ledger, whatever they are', () => {
  const bill = fc.record({
    prompt: fc.integer({ min: 1, max: 50_000 }),
    reply: fc.integer({ min: 1, max: 8_000 }),
  });
  const price = fc.bigInt(10_000_000n, 100_000_000_000n);
  const bills = fc.array(bill, { minLength: 3, maxLength: 20 });

  it('come to what the bills did, within a hundredth and a few nano-dollars, when they tell them apart', () => {
    fc.assert(
      fc.property(bills, price, price, (asked, input, output) => {
        const telling = [
          ...asked,
          { prompt: 4000, reply: 40 },
          { prompt: 40, reply: 400 },
          { prompt: 500, reply: 500 },
        ];
        const runs = telling.map(({ prompt, reply }) => billed(prompt, reply, input, output));
        const known = { ...costRecordOf(runs), reply: { low: 300, high: 300 } };
        const estimate = answerEstimate({ record: known, offers: [] }, 2000, {});
        const cost = billed(2000, 300, input, output).cost ?? 0n;
        const slack = cost / 100n + 100n;
        expect(estimate?.low).toBeLessThanOrEqual(cost + slack);
        expect(estimate?.high).toBeGreaterThanOrEqual(cost - slack);
      }),
    );
  });

  it('are never below nothing, and the order of the answers does not change them', () => {
    const any = fc.record({
      promptTokens: fc.option(fc.nat(100_000)),
      estimatedTokens: fc.option(fc.nat(100_000)),
      replyTokens: fc.option(fc.nat(100_000)),
      cost: fc.option(fc.bigInt(0n, 10n ** 15n).map(nano)),
      answers: fc.integer({ min: 1, max: 5 }),
      votes: fc.integer({ min: 1, max: 3 }),
      models: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), (runs) => {
        const record = costRecordOf(runs);
        expect(record.prices?.input ?? 0n).toBeGreaterThanOrEqual(0n);
        expect(record.prices?.output ?? 0n).toBeGreaterThanOrEqual(0n);
        expect(record.spread.low).toBeLessThanOrEqual(record.spread.high);
        expect(record.counted.low).toBeLessThanOrEqual(record.counted.high);
        expect(costRecordOf(runs.toReversed())).toEqual(record);
      }),
    );
  });
});
