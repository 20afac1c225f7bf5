import type { KeyboardEvent as ReactKeyboardEvent } from 'react';

/** For what Esc closes: not by the Esc that only ends what an input method composes in it. */
export function keepWhileComposing(event: KeyboardEvent): void {
  if (event.isComposing) event.preventDefault();
}

/** Whether this is the Esc of a form: none that a list in it took, or that only ends a composition. */
export function isEscape(event: ReactKeyboardEvent): boolean {
  return event.key === 'Escape' && !event.defaultPrevented && !event.nativeEvent.isComposing;
}
