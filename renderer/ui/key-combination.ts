const MAC = typeof navigator !== 'undefined' && /mac/i.test(navigator.userAgent);

/** Whether this computer has a Cmd key, and signs instead of words on its keys. */
export const MAC_KEYS: boolean = MAC;

/** In the order they are written in. On other systems than macOS `Ctrl` is `Mod`. */
const MODIFIERS = ['Mod', 'Ctrl', 'Alt', 'Shift'] as const;
type Modifier = (typeof MODIFIERS)[number];

interface Combination {
  readonly modifiers: readonly Modifier[];
  readonly key: string;
}

const MAC_SIGNS: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Ctrl: '⌃',
  Alt: '⌥',
  Shift: '⇧',
  Enter: '↩',
  Backspace: '⌫',
  Delete: '⌦',
  Tab: '⇥',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Plus: '+',
};

const ENGLISH_WORDS: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  Delete: 'Del',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Plus: '+',
};

/** What stands on the keys of a language's keyboards, where it is something else. */
const OTHER_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  de: { ...ENGLISH_WORDS, Mod: 'Strg', Shift: 'Umschalt', Delete: 'Entf' },
};

let words = ENGLISH_WORDS;

/** Names keys as the keyboards of a language do. To be called before the first render. */
export function setKeyLanguage(language: string): void {
  words = OTHER_WORDS[language] ?? ENGLISH_WORDS;
}

/** Keys that are only ever held down with others, or that begin a character. */
const NOT_A_KEY = new Set(
  'Control Shift Alt AltGraph Meta CapsLock NumLock ScrollLock Fn FnLock Hyper Super Dead Process Unidentified'.split(
    ' ',
  ),
);

function combination(text: string): Combination {
  const names = text.split('+');
  const key = names.at(-1) ?? '';
  return { modifiers: MODIFIERS.filter((name) => names.slice(0, -1).includes(name)), key };
}

function written({ modifiers, key }: Combination): string {
  return [...modifiers, key].join('+');
}

/** How a combination like `Mod+Shift+P` is written on this system's keys. */
export function keyText(text: string, mac: boolean = MAC): string {
  const { modifiers, key } = combination(text);
  const names = [...modifiers, key];
  if (mac) return names.map((name) => MAC_SIGNS[name] ?? name).join('');
  return names.map((name) => words[name] ?? name).join(' ');
}

/** The combination that is written so on this system's keys; null when none is. */
export function writtenCombination(text: string, mac: boolean = MAC): string | null {
  const signs = mac ? MAC_SIGNS : words;
  const nameOf = (sign: string) => Object.keys(signs).find((name) => signs[name] === sign) ?? sign;
  let rest = text.trim();
  const modifiers: Modifier[] = [];
  for (const name of MODIFIERS) {
    if (!mac && name === 'Ctrl') continue;
    const sign = (signs[name] ?? name) + (mac ? '' : ' ');
    if (!rest.startsWith(sign) || rest.length === sign.length) continue;
    modifiers.push(name);
    rest = rest.slice(sign.length);
  }
  const key = nameOf(rest.length === 1 ? rest.toUpperCase() : rest);
  const isModifier = MODIFIERS.some((name) => name === key);
  return rest === '' || isModifier || /\s/.test(rest) ? null : written({ modifiers, key });
}

/** The same in the form `aria-keyshortcuts` wants. */
export function ariaKeys(text: string, mac: boolean = MAC): string {
  const { modifiers, key } = combination(text);
  const names = modifiers.map((name) => {
    if (name === 'Mod') return mac ? 'Meta' : 'Control';
    return name === 'Ctrl' ? 'Control' : name;
  });
  return [...names, key].join('+');
}

interface KeyPress {
  readonly key: string;
  /** Where the key is, e.g. `KeyK`, for keyboards whose letters are not Latin. */
  readonly code?: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly isComposing?: boolean;
  getModifierState?(name: string): boolean;
}

/**
 * The combination that is pressed, or null: for a modifier alone, a character in the making, and what
 * belongs to the system.
 */
export function pressedCombination(event: KeyPress, mac: boolean = MAC): string | null {
  if (event.isComposing || (!mac && event.metaKey)) return null;
  // What AltGr makes is a character, although Windows calls it Ctrl and Alt.
  const makesCharacter = event.getModifierState?.('AltGraph') === true && event.key.length === 1;
  if (!mac && makesCharacter) return null;
  const key = keyName(event, mac);
  if (key === null) return null;
  const shift = event.shiftKey && !isSign(key);
  const held: Readonly<Record<Modifier, boolean>> = {
    Mod: mac ? event.metaKey : event.ctrlKey,
    Ctrl: mac && event.ctrlKey,
    Alt: event.altKey,
    Shift: shift,
  };
  return written({ modifiers: MODIFIERS.filter((name) => held[name]), key });
}

/** Whether a key press is this combination. */
export function isCombination(event: KeyPress, text: string, mac: boolean = MAC): boolean {
  return pressedCombination(event, mac) === written(combination(text));
}

function keyName(event: KeyPress, mac: boolean): string | null {
  const { key, code = '' } = event;
  const place = /^(?:Key|Digit)(.)$/.exec(code)?.[1];
  // Option writes signs on macOS, and other scripts have no Latin letters: the place of the key counts.
  const foreign = key.length === 1 ? key > '~' : key === 'Dead';
  if (place !== undefined && (foreign || (mac && event.altKey))) return place;
  if (NOT_A_KEY.has(key)) return null;
  if (key === ' ') return 'Space';
  if (key === '+') return 'Plus';
  return key.length === 1 ? key.toUpperCase() : key;
}

/** A character that is not a letter says by itself whether Shift was held: `?`, not `Shift+?`. */
function isSign(key: string): boolean {
  return key === 'Plus' || (key.length === 1 && key.toLowerCase() === key.toUpperCase());
}
