import { useEffect } from 'react';
import { PARAMETERS_PANEL } from './parameters-button';

/**
 * Calls back when Esc is pressed anywhere, before the composer takes it for its own; not while a menu, a
 * dialog, the panel of parameters or a field of one line wants it.
 */
export function useEscape(callback: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      if (event.target instanceof HTMLInputElement || isInPanel(event.target)) return;
      event.preventDefault();
      event.stopPropagation();
      callback();
    };
    document.body.addEventListener('keydown', press, { capture: true });
    return () => document.body.removeEventListener('keydown', press, { capture: true });
  }, [callback]);
}

function isInPanel(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(`#${PARAMETERS_PANEL}`) !== null;
}
