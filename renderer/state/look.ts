import { useEffect } from 'react';
import { type Look, look as looks } from '../../shared/contract/look';
import { chosenLanguage, type TextLanguage, textLanguage } from '../../shared/language';
import { showLanguage } from '../locales/i18n';
import { hideMoney } from '../ui/hidden-money';

const SYSTEM_DARK = '(prefers-color-scheme: dark)';
const SYSTEM_STILL = '(prefers-reduced-motion: reduce)';

/** The languages of the computer as the window's address has them, the preferred first. */
function computerLanguages(): readonly string[] {
  const listed = new URLSearchParams(location.search).get('languages');
  return listed ? listed.split(',') : navigator.languages;
}

/** The language that the window's address names; known before the settings are read. */
export function startLanguage(): TextLanguage {
  const asked = textLanguage.safeParse(new URLSearchParams(location.search).get('language'));
  return asked.success ? asked.data : 'en';
}

/** The theme that the window's address names, for a page that no settings ever reach. */
export function startTheme(): Look['theme'] {
  return looks.shape.theme.catch('system').parse(new URLSearchParams(location.search).get('theme'));
}

/** Whether the window's address says that no amounts are to be shown; known before the settings are read. */
export function startHidesMoney(): boolean {
  return new URLSearchParams(location.search).get('hideMoney') === 'true';
}

/** Shows a language in the region of the computer. */
export async function speak(language: TextLanguage): Promise<void> {
  document.documentElement.lang = await showLanguage(language, computerLanguages());
}

/**
 * Keeps the document in the chosen look; `system` follows the system as it changes. Before the settings
 * are read the look stays what `look.js` has set from the window's address.
 */
export function useDocumentLook(look: Partial<Look> | undefined): void {
  const { theme, motion, fontSize, language, hideMoney: hidden } = look ?? {};
  useEffect(() => {
    if (theme === undefined) return;
    return follow('theme', { on: 'dark', off: 'light' }, theme, SYSTEM_DARK);
  }, [theme]);
  useEffect(() => {
    if (motion === undefined) return;
    return follow('motion', { on: 'reduced', off: 'full' }, motion, SYSTEM_STILL);
  }, [motion]);
  useEffect(() => {
    if (fontSize === undefined) return;
    document.documentElement.style.setProperty('--reading', String(fontSize));
  }, [fontSize]);
  useEffect(() => {
    if (language === undefined) return;
    void change(chosenLanguage(language, computerLanguages()));
  }, [language]);
  useEffect(() => {
    if (hidden !== undefined) hideMoney(hidden);
  }, [hidden]);
  useEffect(() => {
    if (!theme || !motion || !fontSize || !language || hidden === undefined) return;
    keepInAddress({
      theme,
      motion,
      fontSize: String(fontSize),
      language: chosenLanguage(language, computerLanguages()),
      hideMoney: String(hidden),
    });
  }, [theme, motion, fontSize, language, hidden]);
}

/** A page that is loaded anew, after a crash too, begins in the look it had. */
function keepInAddress(look: Readonly<Record<string, string>>): void {
  const asked = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(look)) asked.set(name, value);
  history.replaceState(history.state, '', `?${asked}${location.hash}`);
}

/** Sets one attribute of the document, and again when the system changes if that is what decides. */
function follow(
  name: 'theme' | 'motion',
  values: { readonly on: string; readonly off: string },
  chosen: string,
  query: string,
): (() => void) | undefined {
  const { dataset } = document.documentElement;
  if (chosen !== 'system') {
    dataset[name] = chosen;
    return undefined;
  }
  const media = matchMedia(query);
  const set = () => {
    dataset[name] = media.matches ? values.on : values.off;
  };
  set();
  media.addEventListener('change', set);
  return () => media.removeEventListener('change', set);
}

/** What the language is chosen with, so that it can be found again. */
export const LANGUAGE_CONTROL = 'setting-language';

/** In another language everything is drawn anew, so what it was chosen with gets the focus back. */
async function change(language: TextLanguage): Promise<void> {
  const before = document.documentElement.lang;
  await speak(language);
  if (document.documentElement.lang === before) return;
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) {
      document.getElementById(LANGUAGE_CONTROL)?.focus();
    }
  });
}
