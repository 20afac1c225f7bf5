/** Why a combination cannot be a command's: the system or the native menu has it, or one writes with it. */
export type Refusal = 'system' | 'writing';

/** Taken by the native menu of the app, on every system. */
const MENU = [
  'Mod+Q',
  'Mod+W',
  'Mod+0',
  'Mod+-',
  'Mod+=',
  'Mod+Plus',
  'Mod+R',
  'Mod+Shift+I',
  'F11',
];

const MAC = ['Mod+H', 'Mod+M', 'Mod+Tab', 'Mod+Shift+Tab', 'Mod+Space', 'Mod+Alt+Escape', 'Mod+`'];

const OTHERS = [
  'Alt+F4',
  'Alt+Tab',
  'Alt+Shift+Tab',
  'Alt+Space',
  'Alt+Escape',
  'Mod+Escape',
].concat(['Mod+Alt+Delete', 'Mod+Shift+Escape', 'F10']);

const EDITING = ['C', 'V', 'X', 'A', 'Z', 'Y', 'Shift+Z', 'Shift+V', 'Enter'].map(
  (key) => `Mod+${key}`,
);

/** Keys that move in a text or change it, with or without Mod and Shift. */
const IN_TEXT = new Set(
  'ArrowUp ArrowDown ArrowLeft ArrowRight Home End Backspace Delete Enter Tab Space'.split(' '),
);

/** Says why a combination may not be chosen; null when it may. */
export function refusalOf(combination: string, mac: boolean): Refusal | null {
  if ([...MENU, ...(mac ? MAC : OTHERS)].includes(combination)) return 'system';
  if (EDITING.includes(combination)) return 'writing';
  const held = combination.split('+').slice(0, -1);
  const key = combination.split('+').at(-1) ?? '';
  const alt = held.includes('Alt') || held.includes('Ctrl');
  if (held.includes('Mod')) return IN_TEXT.has(key) && !alt && key !== 'Tab' ? 'writing' : null;
  if (/^F\d+$/.test(key)) return null;
  // Option writes characters and moves by words on macOS.
  if (alt && !(mac && !held.includes('Ctrl'))) return key === 'Backspace' ? 'writing' : null;
  if (alt) return key.length === 1 || IN_TEXT.has(key) ? 'writing' : null;
  return /^[^\p{L}\p{N}]$/u.test(key) && held.length === 0 ? null : 'writing';
}
