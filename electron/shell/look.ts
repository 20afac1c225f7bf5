import { app, nativeTheme } from 'electron';
import type { Look } from '../../shared/contract/look';
import { chosenLanguage, regionalLocale, type TextLanguage } from '../../shared/language';
import type { NanoUsd } from '../../shared/money';
import { HIDDEN_MONEY, moneyFormat } from '../../shared/money-text';
import type { StartInDemo } from '../../shared/start-in-demo';
import { APP_ORIGIN } from './app-protocol';

/** The languages of the computer, the preferred first (BCP 47). */
export function computerLanguages(): string[] {
  return app.getPreferredSystemLanguages();
}

/** The language of the texts under a look. */
export function languageOf(look: Look): TextLanguage {
  return chosenLanguage(look.language, computerLanguages());
}

/** How amounts of money are written under a look, to the sixth decimal. */
export function moneyText(look: Look): (amount: NanoUsd) => string {
  if (look.hideMoney) return () => HIDDEN_MONEY;
  const { text } = moneyFormat(regionalLocale(languageOf(look), computerLanguages()));
  return (amount) => text(amount, 6);
}

/** Follows the choice of light and dark in what is not the page: menus, dialogs, the window's own colours. */
export function applyTheme({ theme }: Look): void {
  nativeTheme.themeSource = theme;
}

/** What the page has to know before its first paint, as the query of its address. */
export function lookQuery(look: Look): string {
  return new URLSearchParams({
    theme: look.theme,
    motion: look.motion,
    fontSize: String(look.fontSize),
    hideMoney: String(look.hideMoney),
    language: languageOf(look),
    languages: computerLanguages().join(','),
    platform: process.platform,
  }).toString();
}

const SAFE_PLACE = '#/settings/health';

export interface PageStart {
  /** It opens the demo, with samples or empty; null for neither. */
  readonly demo: StartInDemo | null;
  /** Where in the page it is to open, as its hash; null for where it would begin. */
  readonly place: string | null;
  /** It opens on how things are instead of where a conversation begins. */
  readonly safeMode: boolean;
}

/** The address of the page in its look, and where it begins. */
export function pageAddress(look: Look, { demo, place, safeMode }: PageStart): string {
  const query = lookQuery(look) + (demo === null ? '' : `&demo=${demo}`);
  return `${APP_ORIGIN}/index.html?${query}${place ?? (safeMode ? SAFE_PLACE : '')}`;
}
