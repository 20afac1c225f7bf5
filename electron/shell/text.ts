import texts from '../../renderer/locales/en.json';
import type { TextLanguage } from '../../shared/language';

/** The words that main itself shows: native menus and dialogs. They stand in the page's locales. */
type MainText = typeof texts.native;

type Key = {
  [Group in keyof MainText]: `${Group & string}.${keyof MainText[Group] & string}`;
}[keyof MainText];

type Groups = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Only the words of main are taken out of the other languages' files. */
const OTHERS: Readonly<Record<Exclude<TextLanguage, 'en'>, () => Promise<{ native: Groups }>>> = {
  de: () => import('../../renderer/locales/de.json'),
  'zh-CN': () => import('../../renderer/locales/zh-CN.json'),
};

const ENGLISH: Groups = texts.native;
let spoken: Groups = ENGLISH;
let chosen: TextLanguage = 'en';

/** The language of what main shows from now on. */
export async function speak(language: TextLanguage): Promise<void> {
  chosen = language;
  const words = language === 'en' ? ENGLISH : (await OTHERS[language]()).native;
  // Another may have been chosen while this one was read.
  if (language === chosen) spoken = words;
}

/** A text with its `{{placeholders}}` filled; in English where the language lacks it. */
export function mainText(key: Key, values: Readonly<Record<string, string>> = {}): string {
  const [group = '', name = ''] = key.split('.');
  const text = spoken[group]?.[name] ?? ENGLISH[group]?.[name] ?? key;
  return text.replace(/\{\{(\w+)\}\}/g, (_, placeholder: string) => values[placeholder] ?? '');
}
