import type { TFunction } from 'i18next';
import {
  ArrowDown,
  ArrowDownToLine,
  ArrowUp,
  ChevronLeft,
  ChevronRight,
  Columns3,
  Command,
  Copy,
  CornerDownLeft,
  Cpu,
  EyeOff,
  FileCheck,
  FileSearch,
  Keyboard,
  type LucideIcon,
  MessageSquare,
  Moon,
  PanelLeft,
  Pencil,
  ReceiptText,
  RefreshCw,
  Search,
  Settings,
  SlidersHorizontal,
  Square,
  SquarePen,
  TextQuote,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type CommandId, keysOf } from '../../../shared/commands';
import { SETTINGS_SECTIONS } from '../../../shared/settings-sections';
import { runCommand, useIsPossible } from '../../state/commands';
import { useComposerInbox } from '../../state/composer-inbox';
import { COMMAND_IDS, useOwnKeys } from '../../state/shortcuts';
import { Kbd } from '../../ui/kbd';
import { MAC_KEYS } from '../../ui/key-combination';
import { markedParts } from '../../ui/marked-text';
import { beginsWith, matching, type PaletteLine, wordsOf } from './palette-lines';

const ICONS: Readonly<Partial<Record<CommandId, LucideIcon>>> = {
  search: Search,
  toggleSidebar: PanelLeft,
  toggleTheme: Moon,
  hideMoney: EyeOff,
  shortcuts: Keyboard,
  goToChat: MessageSquare,
  goToSpending: ReceiptText,
  goToBilling: FileCheck,
  goToPresets: SlidersHorizontal,
  goToSettings: Settings,
  newConversation: SquarePen,
  stop: Square,
  answerAgain: RefreshCw,
  goToComparisons: Columns3,
  compareAnswers: Columns3,
  find: Search,
  quote: TextQuote,
  copyAnswer: Copy,
  editMessage: Pencil,
  nextConversation: ArrowDown,
  previousConversation: ArrowUp,
  nextAnswer: ChevronRight,
  previousAnswer: ChevronLeft,
  chooseModel: Cpu,
  choosePreset: SlidersHorizontal,
  askSeveral: Columns3,
  jumpToEnd: ArrowDownToLine,
  focusMessage: CornerDownLeft,
  parameters: SlidersHorizontal,
  inspectRequest: FileSearch,
};

interface Offered {
  readonly key: string;
  readonly icon: LucideIcon;
  readonly label: string;
  readonly keys: string | null;
  readonly run: () => void;
}

/** The commands that are possible now; `spelled` when one is being spelled out. */
export function useCommandLines(typed: string): {
  readonly lines: readonly PaletteLine[];
  readonly spelled: boolean;
} {
  const { t } = useTranslation();
  const possible = useIsPossible();
  const own = useOwnKeys();
  const commands = COMMAND_IDS.filter((id) => isListed(id) && possible(id)).map(
    (id): Offered => ({
      key: `command ${id}`,
      icon: ICONS[id] ?? Command,
      label: t(`shortcuts.commands.${id}`),
      keys: keysOf(id, own, MAC_KEYS),
      run: () => runCommand(id),
    }),
  );
  const sections = typed.trim() === '' ? [] : sectionCommands(t);
  const found = matching([...commands, ...sections], typed);
  const words = wordsOf(typed);
  const lines = found.map(({ key, icon, label, keys, run }): PaletteLine => {
    const end = keys === null ? {} : { end: <Kbd keys={keys} className="text-12" /> };
    return { key, icon, label: markedParts(label, words), run, ...end };
  });
  return {
    lines: words.length === 0 ? lines : [...lines, askLine(typed.trim(), t)],
    spelled: found.some((command) => beginsWith(command, typed)),
  };
}

/** The palette does not open itself, and presets are listed by their names. */
function isListed(id: CommandId): boolean {
  return id !== 'palette' && !/^preset\d$/.test(id);
}

function sectionCommands(t: TFunction): readonly Offered[] {
  return SETTINGS_SECTIONS.map((section) => ({
    key: `section ${section}`,
    icon: Settings,
    label: t('palette.section', { section: t(`settings.${section}`) }),
    keys: null,
    run: () => {
      location.hash = `/settings/${section}`;
    },
  }));
}

/** What was typed may as well be the beginning of a question. */
function askLine(typed: string, t: TFunction): PaletteLine {
  return {
    key: 'ask',
    icon: SquarePen,
    label: markedParts(t('palette.ask', { typed }), [typed.toLowerCase()]),
    run: () => {
      useComposerInbox.getState().put(typed);
      location.hash = '/chat';
    },
  };
}
