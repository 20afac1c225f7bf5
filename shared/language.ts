import { z } from 'zod';

/** The languages of the texts, each with a file in the page's locales. */
export const textLanguage = z.enum(['en', 'de', 'zh-CN']);
export type TextLanguage = z.infer<typeof textLanguage>;

export const TEXT_LANGUAGES: readonly TextLanguage[] = textLanguage.options;

/**
 * The language to show: the one that was chosen, or the first of the computer's that there are texts
 * in, else English. `computer` are BCP 47 tags, the preferred first.
 */
export function chosenLanguage(
  setting: TextLanguage | 'system',
  computer: readonly string[],
): TextLanguage {
  if (setting !== 'system') return setting;
  for (const tag of computer) {
    const spoken = TEXT_LANGUAGES.find((language) => speaks(tag, language));
    if (spoken) return spoken;
  }
  return 'en';
}

/**
 * The locale figures and dates are written in: the user's own region where it speaks the language of
 * the texts, so that no sentence mixes two languages.
 */
export function regionalLocale(language: TextLanguage, computer: readonly string[]): string {
  return computer.find((tag) => speaks(tag, language)) ?? language;
}

/** Whether two tags name one language in one script: Chinese of Taiwan is not that of the mainland. */
function speaks(tag: string, language: TextLanguage): boolean {
  try {
    const [one, other] = [new Intl.Locale(tag).maximize(), new Intl.Locale(language).maximize()];
    return one.language === other.language && one.script === other.script;
  } catch {
    return false;
  }
}
