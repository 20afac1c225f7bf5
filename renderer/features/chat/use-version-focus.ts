import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react';
import type { Message } from '../../../shared/contract/conversation';
import type { MessageId } from '../../../shared/ids';

/**
 * Keeps the keyboard where it was when one version of a message gives way to another: on the same button
 * of the new one, or on the message. To be called with the version that was chosen.
 */
export function useVersionFocus(
  scroller: RefObject<HTMLElement | null>,
  messages: readonly Message[],
): (id: MessageId) => void {
  const waiting = useRef<{ readonly id: MessageId; readonly button: string | null } | null>(null);
  useLayoutEffect(() => {
    const wanted = waiting.current;
    if (!wanted || !messages.some(({ id }) => id === wanted.id)) return;
    waiting.current = null;
    const frame = requestAnimationFrame(() => {
      const message = scroller.current?.querySelector<HTMLElement>(`[data-message="${wanted.id}"]`);
      if (!message || !isFocusFree(scroller.current)) return;
      const button =
        wanted.button === null
          ? null
          : message.querySelector<HTMLButtonElement>(`[data-version="${wanted.button}"]`);
      (button && !button.disabled ? button : message).focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [messages, scroller]);
  return useCallback(
    (id) => {
      const { activeElement } = document;
      if (!scroller.current?.contains(activeElement)) return;
      waiting.current = { id, button: activeElement?.getAttribute('data-version') ?? null };
    },
    [scroller],
  );
}

/** What had the focus is gone, or is still within the thread. */
function isFocusFree(thread: HTMLElement | null): boolean {
  const { activeElement } = document;
  return activeElement === document.body || (thread?.contains(activeElement) ?? false);
}
