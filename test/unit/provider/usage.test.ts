import { describe, expect, it } from 'vitest';
import { readUsage, sumUsage } from '../../../electron/provider/usage';
import type { Usage } from '../../../shared/usage';

/** Reads a usage block from its text, in a record around it. */
function read(block: string): Usage {
  const record = `{"choices":[],"usage":${block}}`;
  return readUsage(JSON.parse(block), record);
}

describe('the cost', () => {
  it.each<[string, bigint | null, string | null]>([
    ['0.001878', 1_878_000n, '0.001878'],
    ['"0.00199500"', 1_995_000n, '0.00199500'],
    ['0', 0n, '0'],
    ['1.5e-7', 150n, '1.5e-7'],
    ['0.00000123456789012345', 1235n, '0.00000123456789012345'],
    ['123456.123456789123', 123_456_123_456_789n, '123456.123456789123'],
    ['-0.001878001', null, '-0.001878001'],
    ['99999999999999999999.99', null, '99999999999999999999.99'],
    ['"NaN"', null, 'NaN'],
    ['""', null, ''],
    ['"free"', null, 'free'],
    ['null', null, null],
    ['{}', null, null],
    ['true', null, null],
  ])('%s is read from its digits', (printed, cost, text) => {
    expect(read(`{"cost":${printed}}`)).toMatchObject({ cost, costText: text });
  });

  it('is unknown when it is not there, never zero', () => {
    expect(read('{"prompt_tokens":1}')).toMatchObject({ cost: null, costText: null });
  });

  it('is the one of the block, not one in the text around it', () => {
    const record =
      '{"choices":[{"message":{"content":"\\"cost\\": 5"}}],"x":{"cost":9},"usage":{"cost" : 0.25}}';
    expect(readUsage({ cost: 0.25 }, record)).toMatchObject({ cost: 250_000_000n });
  });

  it.each([`1${'0'.repeat(80)}e-81`, `0.1${'0'.repeat(100)}e-1`])(
    'is not misread when it is long: %s',
    (printed) => {
      const { cost, costText } = read(`{"cost":${printed}}`);
      expect([null, 100_000_000n, 10_000_000n]).toContain(cost);
      if (printed.startsWith('0.1')) expect(cost).not.toBe(100_000_000n);
      expect(costText?.length).toBeLessThanOrEqual(64);
    },
  );
});

describe('the cost of several answers', () => {
  it('is their sum, and unknown where that makes no sense', () => {
    const one = read('{"cost":0.000000001}');
    expect(sumUsage([one, read('{"cost":0.5}')]).cost).toBe(500_000_001n);
    expect(sumUsage([one, read('{}')]).cost).toBeNull();
    const much = read('{"cost":999999}');
    expect(sumUsage([much, much]).cost).toBeNull();
  });
});

describe('the counts', () => {
  it('are unknown where no request can come to them', () => {
    const block = {
      prompt_tokens: Number.MAX_SAFE_INTEGER,
      completion_tokens: 2 ** 32 - 1,
      total_tokens: 1_000_000_000,
    };
    expect(read(JSON.stringify(block))).toMatchObject({
      promptTokens: null,
      completionTokens: null,
      totalTokens: 1_000_000_000,
    });
  });

  it('come from the guide, OpenAI and OpenRouter', () => {
    const block = {
      prompt_tokens: 13,
      completion_tokens: '100',
      total_tokens: 113,
      prompt_tokens_details: { cached_tokens: 5 },
      completion_tokens_details: { reasoning_tokens: 7 },
      prompt_characters: 20,
      response_characters: 527,
      latency_ms: 2830.6,
    };
    expect(read(JSON.stringify(block))).toMatchObject({
      promptTokens: 13,
      completionTokens: 100,
      totalTokens: 113,
      cachedTokens: 5,
      reasoningTokens: 7,
      promptCharacters: 20,
      responseCharacters: 527,
      latencyMs: 2831,
      raw: JSON.stringify(block),
    });
  });

  it.each(['-1', '"many"', '""', 'null', '1e300', '[]', '{}', '"NaN"'])(
    'are unknown when they are %s',
    (printed) => {
      const { promptTokens, cachedTokens } = read(
        `{"prompt_tokens":${printed},"prompt_tokens_details":null}`,
      );
      expect({ promptTokens, cachedTokens }).toEqual({ promptTokens: null, cachedTokens: null });
    },
  );

  it('keep a block of any size in bounds', () => {
    const block = JSON.stringify({ cost: 1, junk: 'x'.repeat(100_000) });
    expect(read(block).raw.length).toBeLessThanOrEqual(8_000);
  });
});
