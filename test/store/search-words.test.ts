import { describe, expect, it } from 'vitest';
import { canGoOn, searchWords, withoutBlanks, wordsIn } from '../../electron/store/search-words';
import fc from '../fixtures/fast-check';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'大模型がｶ한ー、𠮷 aé1 ') }),
);

describe('the words of a text', () => {
  it.each([
    ['大模型', ' 大  模  型 '],
    ['GPT模型4o', 'GPT 模  型 4o'],
    ['モデル', ' モ  デ  ル '],
    ['ㄅ한ﾊ𠮷', ' ㄅ  한  ﾊ  𠮷 '],
    ['Größe, naïve?', 'Größe, naïve?'],
  ])('of %s', (said, words) => {
    expect(searchWords(said)).toBe(words);
  });

  it('are the text again without their blanks, whatever it holds', () => {
    fc.assert(
      fc.property(text, (said) => {
        expect(withoutBlanks(searchWords(said))).toBe(said);
      }),
    );
  });

  it('are the same whether they are taken from the text or from what the index is told', () => {
    const words = (of: string) => Array.from(wordsIn(of), ([word]) => word);
    fc.assert(
      fc.property(text, (said) => {
        expect(words(searchWords(said))).toEqual(words(said));
      }),
    );
  });

  it('go on where the last is no sign', () => {
    expect(['gpt', '模型gpt', '4', '模型 a!'].map(canGoOn)).toEqual([true, true, true, true]);
    expect(['模型', 'gpt模', '模！', 'か'].map(canGoOn)).toEqual([false, false, false, false]);
  });
});
