const MAC = typeof navigator !== 'undefined' && /mac/i.test(navigator.userAgent);

const MAC_SIGNS: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Shift: '⇧',
  Alt: '⌥',
  Enter: '↩',
  Delete: '⌫',
};

const WORDS: Readonly<Record<string, string>> = { Mod: 'Ctrl', Delete: 'Del' };

/** How a combination like `Mod+Shift+P` is written on this system's keys. */
export function keyText(combination: string, mac: boolean = MAC): string {
  const keys = combination.split('+');
  if (mac) return keys.map((key) => MAC_SIGNS[key] ?? key).join('');
  return keys.map((key) => WORDS[key] ?? key).join(' ');
}

/** The same in the form `aria-keyshortcuts` wants. */
export function ariaKeys(combination: string, mac: boolean = MAC): string {
  return combination.replace('Mod', mac ? 'Meta' : 'Control');
}

interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Whether a key press is this combination. */
export function isCombination(event: KeyPress, combination: string, mac: boolean = MAC): boolean {
  const keys = combination.split('+');
  const last = keys.at(-1) ?? '';
  const mod = keys.includes('Mod');
  return (
    event.key.toLowerCase() === last.toLowerCase() &&
    (mac ? event.metaKey : event.ctrlKey) === mod &&
    (mac ? !event.ctrlKey : !event.metaKey) &&
    event.shiftKey === keys.includes('Shift') &&
    event.altKey === keys.includes('Alt')
  );
}
