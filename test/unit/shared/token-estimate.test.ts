import { describe, expect, it } from 'vitest';
import { estimateTokens } from '../../../shared/token-estimate';

describe('the estimate of tokens', () => {
  it.each([
    ['', 0],
    ['Why', 1],
    ['Why is the sky blue?', 5],
    ['为什么天是蓝的', 7],
    ['空 is sky', 3],
  ])('of %j is %i', (text, tokens) => {
    expect(estimateTokens(text)).toBe(tokens);
  });
});
