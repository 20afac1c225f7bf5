import { useEffect } from 'react';
import type { Theme } from '../../shared/contract/theme';

const SYSTEM_DARK = '(prefers-color-scheme: dark)';

/**
 * Keeps the document in the chosen theme; `system` follows the system as it changes. Before the
 * settings are read the theme stays what `theme.js` has set from the window's address.
 */
export function useDocumentTheme(theme: Theme | undefined): void {
  useEffect(() => {
    if (theme === undefined) return;
    const root = document.documentElement;
    if (theme !== 'system') {
      root.dataset.theme = theme;
      return;
    }
    const media = matchMedia(SYSTEM_DARK);
    const follow = () => {
      root.dataset.theme = media.matches ? 'dark' : 'light';
    };
    follow();
    media.addEventListener('change', follow);
    return () => media.removeEventListener('change', follow);
  }, [theme]);
}
