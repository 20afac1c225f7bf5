import i18next from 'i18next';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import de from '../../../renderer/locales/de.json';
import en from '../../../renderer/locales/en.json';
import { showLanguage, startTexts } from '../../../renderer/locales/i18n';
import zh from '../../../renderer/locales/zh-CN.json';
import { PARAMETER_KEYS, PARAMETERS } from '../../../shared/parameters';

type Texts = ReadonlyMap<string, string>;

/** Every text of a locale by its path. */
function flat(tree: object, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value]] : flat(value, `${path}${key}.`),
  );
}

const english: Texts = new Map(flat(en));
const LOCALES: readonly [string, Texts][] = [
  ['de', new Map(flat(de))],
  ['zh-CN', new Map(flat(zh))],
];

/** The words of the table of parameters, which are English in the table itself. */
const PARAMETER_TEXTS: Texts = new Map(
  PARAMETER_KEYS.flatMap((key) => {
    const { label, help, control } = PARAMETERS[key];
    const options = control.type === 'choice' ? control.options : [];
    return [
      [`parameters.${key}.label`, label],
      [`parameters.${key}.help`, help],
      ...options.map(
        (option) => [`parameters.${key}.options.${option.value}`, option.label] as const,
      ),
    ] as const;
  }),
);

const PLURAL = /_(one|other)$/;

/** What a language needs for each of the English texts: a text with a count has all its plural forms. */
function wantedKeys(language: string): Set<string> {
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
  return new Set(
    [...english.keys(), ...PARAMETER_TEXTS.keys()].flatMap((key) =>
      PLURAL.test(key)
        ? pluralCategories.map((category) => key.replace(PLURAL, `_${category}`))
        : [key],
    ),
  );
}

const placeholders = (text: string) => [...new Set(text.match(/\{\{.*?\}\}/g))].sort();

/** Names, signs and words that are the same in every language, or at least in German. */
const SAME =
  /^(Slice|ChatGPT|LibreChat|Cherry Studio|APIpie|OpenRouter|OpenAI|Azure OpenAI|Mistral|Ollama|LM Studio|llama\.cpp|vLLM|Authorization: Bearer|x-api-key|api-key|Super Query|Name|Budgets?|Markdown|JSON|Proxy|System|Parameter|Top [PK]|Minimal|Code|Status|offline|Text|minimal|Host|Team|Collector|Spans|Form|code|px|s|Token|1[23]|[^\p{L}]*)$/u;

/** Words that give away a sentence that was not translated. */
const ENGLISH_WORDS = /\b(the|and|is|are|was|your|with|this|that|of|not|for|from|it)\b/i;

/** German has some of these words too. */
const GERMAN_TOO = /\b(was|war|in|so|an)\b/gi;

/** The words of a text, without placeholders and what stands around them. */
const letters = (text: string) =>
  text.replace(/\{\{.*?\}\}/g, '').replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');

describe.each(LOCALES)('the texts in %s', (language, texts) => {
  it('are the English ones, each with its plural forms, and no others', () => {
    const wanted = wantedKeys(language);
    expect([...wanted].filter((key) => !texts.has(key))).toEqual([]);
    expect([...texts.keys()].filter((key) => !wanted.has(key))).toEqual([]);
  });

  it('are not empty', () => {
    expect([...texts].filter(([, text]) => text.trim() === '')).toEqual(
      [...texts].filter(([key]) => english.get(key)?.trim() === ''),
    );
  });

  it('have the placeholders of the English ones', () => {
    const wrong = [...texts].filter(([key, text]) => {
      const source = english.get(key) ?? english.get(key.replace(PLURAL, '_other')) ?? '';
      // "One answer" says the count without the figure.
      const count = (all: string[]) => all.filter((one) => one !== '{{count}}');
      const same = (a: string[], b: string[]) => a.join() === b.join();
      return PLURAL.test(key)
        ? !same(count(placeholders(text)), count(placeholders(source)))
        : !same(placeholders(text), placeholders(source));
    });
    expect(wrong).toEqual([]);
  });

  it('leave no English behind', () => {
    const left = [...texts].filter(([key, text]) => {
      const source = english.get(key) ?? PARAMETER_TEXTS.get(key);
      const words = letters(text);
      if (words === letters(source ?? '') && !SAME.test(words)) return true;
      return ENGLISH_WORDS.test(words.replace(GERMAN_TOO, ''));
    });
    expect(left).toEqual([]);
  });
});

/** Words for which the texts of a language have another, and in German the address of strangers. */
const OTHER_WORDS: Readonly<Record<string, RegExp>> = {
  de: /Unterhaltung|Festplatte|\bDemo\b|[\p{Ll},] (Sie|Ihnen|Ihre?[nmrs]?)(?!\p{L})/u,
  'zh-CN': /会话|回收站|提供商|标头|收据/,
};

it.each(LOCALES)('the texts in %s call each thing by one word', (language, texts) => {
  const other = OTHER_WORDS[language];
  expect(other).toBeDefined();
  expect([...texts].filter(([, text]) => other?.test(text))).toEqual([]);
});

it('writes no text with an exclamation mark', () => {
  const loud = [english, ...LOCALES.map(([, texts]) => texts)].flatMap((texts) =>
    [...texts].filter(([, text]) => /[!！]/.test(text)),
  );
  expect(loud).toEqual([]);
});

describe('a language that is shown', () => {
  beforeAll(startTexts);
  afterAll(() => showLanguage('en', []));

  it('has its own plural forms and falls back to English where it lacks a text', async () => {
    await showLanguage('de', ['de-DE']);
    expect(i18next.t('receipt.together', { count: 1 })).toBe('für 1 Antwort');
    expect(i18next.t('receipt.together', { count: 2 })).toBe('für 2 Antworten zusammen');
    i18next.addResource('en', 'translation', 'onlyHere', 'Only in English');
    expect(i18next.t('onlyHere', { defaultValue: '' })).toBe('Only in English');
    await showLanguage('zh-CN', []);
    expect(i18next.t('receipt.together', { count: 1 })).toBe('1 个回答合计');
  });
});
