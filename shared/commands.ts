/** Where a command stands in the list of shortcuts. */
export type CommandGroup = 'app' | 'pages' | 'conversations' | 'answers' | 'asking';

interface Command {
  readonly group: CommandGroup;
  /** The usual keys, e.g. `Mod+Shift+P`: `Mod` is Cmd on macOS and Ctrl elsewhere. Null: none. */
  readonly keys: string | null;
  /** Where macOS has other customs. */
  readonly macKeys?: string;
}

/** Everything that can be done by a key combination of the user's choice, in the order of the list. */
export const COMMANDS = {
  palette: { group: 'app', keys: 'Mod+K' },
  search: { group: 'app', keys: 'Mod+Shift+F' },
  toggleSidebar: { group: 'app', keys: 'Mod+B' },
  toggleTheme: { group: 'app', keys: null },
  hideMoney: { group: 'app', keys: 'Mod+Shift+H' },
  shortcuts: { group: 'app', keys: '?' },
  // Mod and a digit choose presets, which are wanted more often than pages.
  goToChat: { group: 'pages', keys: 'Alt+1', macKeys: 'Mod+Alt+1' },
  goToSpending: { group: 'pages', keys: 'Alt+2', macKeys: 'Mod+Alt+2' },
  goToPresets: { group: 'pages', keys: 'Alt+3', macKeys: 'Mod+Alt+3' },
  goToSettings: { group: 'pages', keys: 'Mod+,' },
  goToComparisons: { group: 'pages', keys: null },
  goToBilling: { group: 'pages', keys: null },
  newConversation: { group: 'conversations', keys: 'Mod+N' },
  nextConversation: { group: 'conversations', keys: 'Mod+Tab', macKeys: 'Ctrl+Tab' },
  previousConversation: {
    group: 'conversations',
    keys: 'Mod+Shift+Tab',
    macKeys: 'Ctrl+Shift+Tab',
  },
  importConversations: { group: 'conversations', keys: null },
  exportConversations: { group: 'conversations', keys: null },
  stop: { group: 'answers', keys: 'Escape' },
  answerAgain: { group: 'answers', keys: 'Mod+Shift+R' },
  previousAnswer: { group: 'answers', keys: 'Alt+ArrowLeft', macKeys: 'Mod+Alt+ArrowLeft' },
  nextAnswer: { group: 'answers', keys: 'Alt+ArrowRight', macKeys: 'Mod+Alt+ArrowRight' },
  compareAnswers: { group: 'answers', keys: null },
  jumpToEnd: { group: 'answers', keys: 'Alt+End', macKeys: 'Mod+Alt+ArrowDown' },
  find: { group: 'answers', keys: 'Mod+F' },
  quote: { group: 'answers', keys: 'Mod+Shift+U' },
  copyAnswer: { group: 'answers', keys: null },
  editMessage: { group: 'answers', keys: null },
  undo: { group: 'answers', keys: 'Mod+Z' },
  focusMessage: { group: 'asking', keys: 'Mod+L' },
  chooseModel: { group: 'asking', keys: 'Mod+Shift+M' },
  choosePreset: { group: 'asking', keys: 'Mod+Shift+P' },
  preset1: { group: 'asking', keys: 'Mod+1' },
  preset2: { group: 'asking', keys: 'Mod+2' },
  preset3: { group: 'asking', keys: 'Mod+3' },
  preset4: { group: 'asking', keys: 'Mod+4' },
  preset5: { group: 'asking', keys: 'Mod+5' },
  preset6: { group: 'asking', keys: 'Mod+6' },
  preset7: { group: 'asking', keys: 'Mod+7' },
  preset8: { group: 'asking', keys: 'Mod+8' },
  preset9: { group: 'asking', keys: 'Mod+9' },
  parameters: { group: 'asking', keys: 'Mod+.' },
  askSeveral: { group: 'asking', keys: 'Mod+Shift+C' },
  attachFiles: { group: 'asking', keys: 'Mod+U' },
  inspectRequest: { group: 'asking', keys: 'Mod+I' },
} as const satisfies Readonly<Record<string, Command>>;

export type CommandId = keyof typeof COMMANDS;

/** The user's own combinations by command, as settings keep them; null takes one away. */
export type OwnKeys = Readonly<Record<string, string | null>>;

const TABLE: Readonly<Record<CommandId, Command>> = COMMANDS;

/** Whether a text names a command. */
export function isCommand(text: string): text is CommandId {
  return Object.hasOwn(COMMANDS, text);
}

/** The keys a command has when nobody changed them. */
export function usualKeys(id: CommandId, mac: boolean): string | null {
  const { keys, macKeys } = TABLE[id];
  return (mac ? macKeys : undefined) ?? keys;
}

/** The keys a command has: the user's own, else the usual ones. */
export function keysOf(id: CommandId, own: OwnKeys, mac: boolean): string | null {
  const chosen = own[id];
  return chosen === undefined ? usualKeys(id, mac) : chosen;
}
