import { useEffect } from 'react';

/**
 * Calls back when Esc is pressed anywhere, before the composer takes it for its own; not while a menu, a
 * dialog or a field of one line wants it.
 */
export function useEscape(callback: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      if (event.target instanceof HTMLInputElement) return;
      event.preventDefault();
      event.stopPropagation();
      callback();
    };
    document.body.addEventListener('keydown', press, { capture: true });
    return () => document.body.removeEventListener('keydown', press, { capture: true });
  }, [callback]);
}
