import { type CostRecord, NO_RECORD, type Range, type TokenPrices } from '../../shared/estimate';
import { nano } from '../../shared/money';
import type { AnsweredRun } from '../store/queries/estimates';

/** So many answers have to tell before the ledger speaks. */
const FEWEST = 3;

/** Most answers: the middle three of five. */
const MOST = { low: 20, high: 80 };

/** A prompt that is shorter is mostly what servers add to each by themselves, in tokens. */
const SHORTEST_COUNTED = 64;

/** What is known of an answer whose cost was told. */
interface Priced {
  readonly prompt: bigint;
  readonly reply: bigint;
  readonly cost: bigint;
}

/** What a model's newest answers say of the next one's cost. The order of the answers does not matter. */
export function costRecordOf(answers: readonly AnsweredRun[]): CostRecord {
  const priced = answers.flatMap(pricedOf);
  const prices = pricesOf(priced);
  const replies = answers.flatMap(({ replyTokens, answers: times }) =>
    replyTokens === null ? [] : Math.round(replyTokens / times),
  );
  return {
    priced: priced.length,
    prices,
    spread: prices ? around(spreadOf(prices, priced)) : NO_RECORD.spread,
    counted: around(
      answers.flatMap(({ promptTokens, estimatedTokens }) =>
        promptTokens === null || estimatedTokens === null || estimatedTokens < SHORTEST_COUNTED
          ? []
          : Math.round((promptTokens * 1000) / estimatedTokens),
      ),
    ),
    reply: replies.length < FEWEST ? null : most(replies),
  };
}

/** An answer that votes or several models were paid with says nothing of the price of one. */
function pricedOf(run: AnsweredRun): Priced[] {
  const prompt = run.promptTokens ?? run.estimatedTokens;
  const { replyTokens, cost, votes, models } = run;
  if (cost === null || prompt === null || replyTokens === null) return [];
  if (votes > 1 || models > 1 || prompt + replyTokens === 0) return [];
  return [{ prompt: BigInt(prompt), reply: BigInt(replyTokens), cost }];
}

const MILLION = 1_000_000n;

/**
 * The two prices that costs come from. Two answers whose prompts and replies stand in different
 * proportions give both; the medians over all such pairs are taken, so that an answer which was billed
 * unlike the others has no say. Where all proportions are alike, both prices are the same: what tokens
 * cost on the whole.
 */
function pricesOf(answers: readonly Priced[]): TokenPrices | null {
  if (answers.length < FEWEST) return null;
  if (answers.every(({ cost }) => cost === 0n)) return { input: nano(0n), output: nano(0n) };
  const inputs: bigint[] = [];
  for (const [at, one] of answers.entries()) {
    for (const other of answers.slice(at + 1)) {
      const straight = one.prompt * other.reply;
      const across = other.prompt * one.reply;
      const difference = straight - across;
      if (size(difference) * 4n < straight + across || difference === 0n) continue;
      inputs.push((MILLION * (one.cost * other.reply - other.cost * one.reply)) / difference);
    }
  }
  const input = inputs.length < FEWEST ? null : median(inputs);
  if (input === null || input < 0n) return evenPrices(answers);
  const outputs = answers.flatMap(({ prompt, reply, cost }) =>
    reply === 0n ? [] : (MILLION * cost - input * prompt) / reply,
  );
  const output = outputs.length === 0 ? 0n : median(outputs);
  return output < 0n ? evenPrices(answers) : { input: nano(input), output: nano(output) };
}

function evenPrices(answers: readonly Priced[]): TokenPrices {
  const price = nano(
    median(answers.map(({ prompt, reply, cost }) => (MILLION * cost) / (prompt + reply))),
  );
  return { input: price, output: price };
}

/** The costs in thousandths of what the prices come to. */
function spreadOf({ input, output }: TokenPrices, answers: readonly Priced[]): number[] {
  return answers.flatMap(({ prompt, reply, cost }) => {
    const expected = input * prompt + output * reply;
    return expected === 0n ? [] : Number((cost * MILLION * 1000n + expected / 2n) / expected);
  });
}

/** Where most of these thousandths lie; at one whole where there are too few. */
function around(thousandths: readonly number[]): Range<number> {
  return thousandths.length < FEWEST ? { low: 1000, high: 1000 } : most(thousandths);
}

function most(values: readonly number[]): Range<number> {
  const sorted = values.toSorted((a, b) => a - b);
  const last = sorted.length - 1;
  return {
    low: sorted[Math.floor((last * MOST.low) / 100)] ?? 0,
    high: sorted[Math.ceil((last * MOST.high) / 100)] ?? 0,
  };
}

function median(values: readonly bigint[]): bigint {
  const sorted = values.toSorted((a, b) => (a < b ? -1 : Number(a > b)));
  return sorted[sorted.length >> 1] ?? 0n;
}

function size(value: bigint): bigint {
  return value < 0n ? -value : value;
}
