import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { regionalLocale, type TextLanguage } from '../../shared/language';
import { setFormatLocale } from '../ui/format';
import { setKeyLanguage } from '../ui/key-combination';
import en from './en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

/** The texts that are not part of the bundle. What one of them lacks is shown in English. */
const OTHERS: Readonly<Record<Exclude<TextLanguage, 'en'>, () => Promise<{ default: object }>>> = {
  de: () => import('./de.json'),
  'zh-CN': () => import('./zh-CN.json'),
};

/** Makes the English texts available. They are part of the bundle, so this is done when it returns. */
export function startTexts(): void {
  void i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}

let wanted: TextLanguage = 'en';

/**
 * Shows texts, figures and dates in a language. `computer` are the languages of the computer, which
 * name the region. Texts that cannot be loaded leave the language as it was. Returns what is shown.
 */
export async function showLanguage(
  language: TextLanguage,
  computer: readonly string[],
): Promise<string> {
  wanted = language;
  if (language !== 'en' && !i18next.hasResourceBundle(language, 'translation')) {
    const texts = await OTHERS[language]().catch(() => null);
    if (!texts) return i18next.language;
    i18next.addResourceBundle(language, 'translation', texts.default);
  }
  // Another one may have been chosen meanwhile.
  if (wanted !== language) return i18next.language;
  setFormatLocale(regionalLocale(language, computer));
  setKeyLanguage(language);
  if (i18next.language !== language) await i18next.changeLanguage(language);
  return language;
}
