/** What a key means in the composer; null leaves it to the text box. */
export type ComposerAction = 'send' | 'stop' | 'nothing' | null;

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

/** Enter sends, Shift+Enter breaks the line, Esc stops. Nothing while an input method composes. */
export function composerAction(event: ComposerKey, running: boolean): ComposerAction {
  if (event.isComposing || event.keyCode === IN_COMPOSITION) return null;
  if (event.key === 'Escape') return running ? 'stop' : null;
  if (event.key !== 'Enter' || event.shiftKey || event.altKey) return null;
  return running ? 'nothing' : 'send';
}
