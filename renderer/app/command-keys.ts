import { useEffect } from 'react';
import { isCommand } from '../../shared/commands';
import { runCommand } from '../state/commands';
import { commandWith, useOwnKeys } from '../state/shortcuts';
import { MAC_KEYS, pressedCombination } from '../ui/key-combination';

/** By which name the native menu sends a command to the page. */
const FROM_MENU = 'slice:command';

/** Has the user's key combinations and the native menu do their commands on every page. */
export function useCommandKeys(): void {
  const own = useOwnKeys();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const pressed = pressedCombination(event);
      if (pressed === null || isLeftToTarget(event.target, pressed)) return;
      const id = commandWith(pressed, own, MAC_KEYS);
      if (id !== null && runCommand(id)) event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [own]);
  useEffect(() => {
    const receive = (event: Event) => {
      if (!(event instanceof CustomEvent)) return;
      const id: unknown = event.detail;
      // What stands over the page is to be answered first.
      const covered = document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
      if (!covered && typeof id === 'string' && isCommand(id)) runCommand(id);
    };
    window.addEventListener(FROM_MENU, receive);
    return () => window.removeEventListener(FROM_MENU, receive);
  }, []);
}

/** What stands over the page has its own keys; where one writes, a bare character is text. */
function isLeftToTarget(target: EventTarget | null, pressed: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]')) {
    return true;
  }
  const writes = target.closest('input, textarea, [contenteditable="true"]') !== null;
  return writes && (writesCharacter(pressed) || (pressed === 'Mod+Z' && !isEmpty(target)));
}

/** Where nothing is written there is nothing to be undone by the field itself. */
function isEmpty(target: Element): boolean {
  const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  return isField && target.value === '';
}

function writesCharacter(pressed: string): boolean {
  const held = pressed.split('+').slice(0, -1);
  const key = pressed.split('+').at(-1) ?? '';
  const isCharacter = key.length === 1 || key === 'Plus' || key === 'Space';
  const plain = held.every((name) => name === 'Shift' || (MAC_KEYS && name === 'Alt'));
  return plain && isCharacter;
}
