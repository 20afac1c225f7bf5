/** What the app does for the command line, without a window. */
export const COMMANDS = ['usage', 'export'] as const;
export type CommandName = (typeof COMMANDS)[number];

/** A command and what was written behind it. */
export interface CommandWords {
  readonly name: CommandName;
  readonly rest: readonly string[];
}

/**
 * The command that a program was started with; null: it was started to show its window. Switches of
 * Chromium may stand before it. `argv` begins with the program, and with the app's folder after it where
 * the app is not `packaged`.
 */
export function commandWords(argv: readonly string[], packaged: boolean): CommandWords | null {
  const words = argv.slice(1);
  skipSwitches(words);
  if (!packaged) words.shift();
  skipSwitches(words);
  const [first, ...rest] = words;
  const name = COMMANDS.find((command) => command === first);
  return name === undefined ? null : { name, rest };
}

function skipSwitches(words: string[]): void {
  while (words[0]?.startsWith('-')) words.shift();
}
