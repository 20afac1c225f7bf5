import { describe, expect, it } from 'vitest';
import { chosenLanguage, regionalLocale } from '../../../shared/language';

describe('the language of the texts', () => {
  it('is the one that was chosen', () => {
    expect(chosenLanguage('de', ['zh-CN', 'en-US'])).toBe('de');
  });

  it.each([
    [['de-AT', 'en'], 'de'],
    [['fr-FR', 'zh-Hans-SG', 'en'], 'zh-CN'],
    [['zh-TW', 'de'], 'de'],
    [['zh'], 'zh-CN'],
    [['fr', 'it'], 'en'],
    [['C', 'not a tag', 'en-GB'], 'en'],
    [[], 'en'],
  ])('follows a computer that speaks %j', (computer, language) => {
    expect(chosenLanguage('system', computer)).toBe(language);
  });
});

describe('the locale of figures and dates', () => {
  it('is the user’s region where it speaks the language of the texts', () => {
    expect(regionalLocale('en', ['de-DE', 'en-GB', 'en-US'])).toBe('en-GB');
    expect(regionalLocale('de', ['en-GB', 'de-CH'])).toBe('de-CH');
    expect(regionalLocale('zh-CN', ['zh-TW', 'zh-Hans-SG'])).toBe('zh-Hans-SG');
    expect(regionalLocale('en', ['fr'])).toBe('en');
  });
});
