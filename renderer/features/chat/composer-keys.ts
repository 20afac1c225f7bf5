import type { Settings } from '../../../shared/contract/app';

/** What a key means in the composer; null leaves it to the text box. */
export type ComposerAction = 'send' | 'break' | 'back' | 'forth' | null;

export interface ComposerKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/** The key of a composition that an input method has just ended; some browsers no longer say so. */
const IN_COMPOSITION = 229;

export function isComposing({ isComposing: composing, keyCode }: ComposerKey): boolean {
  return composing || keyCode === IN_COMPOSITION;
}

/**
 * The one of Enter and Ctrl+Enter (or Cmd) that the user chose sends; the other breaks the line, and so
 * does Shift+Enter. The arrows up and down may walk through earlier messages.
 */
export function composerAction(event: ComposerKey, sendKey: Settings['sendKey']): ComposerAction {
  if (isComposing(event)) return null;
  const { key, shiftKey, altKey } = event;
  const held = event.ctrlKey || event.metaKey;
  if (key === 'Enter') {
    if (shiftKey || altKey) return null;
    if (held === (sendKey === 'mod_enter')) return 'send';
    // The box would ignore it.
    return held ? 'break' : null;
  }
  if (shiftKey || altKey || held) return null;
  if (key === 'ArrowUp') return 'back';
  return key === 'ArrowDown' ? 'forth' : null;
}
