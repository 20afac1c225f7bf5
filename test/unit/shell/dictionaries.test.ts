import { describe, expect, it } from 'vitest';
import { dictionariesFor } from '../../../electron/shell/dictionaries';

const AVAILABLE = ['de', 'en-AU', 'en-GB', 'en-US', 'fr', 'pt-BR', 'pt-PT'];

describe('the dictionaries of a computer', () => {
  it.each([
    [
      ['de-AT', 'en-GB'],
      ['de', 'en-GB'],
    ],
    [['pt-PT'], ['pt-PT']],
    [['pt-AO'], ['pt-BR']],
    [['en'], ['en-AU']],
    [['de-DE', 'de-CH', 'zh-CN'], ['de']],
    [['zh-CN'], []],
    [[], []],
  ])('that speaks %j are %j', (languages, dictionaries) => {
    expect(dictionariesFor(languages, AVAILABLE)).toEqual(dictionaries);
  });
});
