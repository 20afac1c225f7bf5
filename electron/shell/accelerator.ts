/** What the page's names of keys are called in accelerators. */
const NAMES: Readonly<Record<string, string>> = {
  Mod: 'CmdOrCtrl',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Escape: 'Esc',
};

const KEY =
  /^([A-Z0-9,./;'[\]\\`=-]|F([1-9]|1\d|2[0-4])|Plus|Space|Tab|Backspace|Delete|Home|End|PageUp|PageDown|ArrowUp|ArrowDown|ArrowLeft|ArrowRight)$/;

const MODIFIERS: ReadonlySet<string> = new Set(['Mod', 'Ctrl', 'Alt', 'Shift']);

/**
 * A combination as the native menu takes it. Undefined where the menu knows no such keys, and for bare
 * characters: the menu would take them from what one writes.
 */
export function acceleratorOf(combination: string | null): string | undefined {
  const names = combination?.split('+') ?? [];
  const key = names.at(-1) ?? '';
  const held = names.slice(0, -1);
  if (!KEY.test(key) || held.some((name) => !MODIFIERS.has(name))) return undefined;
  const bare = held.every((name) => name === 'Shift') && !/^F\d/.test(key);
  return bare ? undefined : names.map((name) => NAMES[name] ?? name).join('+');
}
