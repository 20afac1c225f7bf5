import { useTranslation } from 'react-i18next';
import { orderedGroups, type PaletteGroup } from './palette-lines';
import { useModelLines, usePresetLines } from './use-choice-lines';
import { useCommandLines } from './use-command-lines';
import { useFoundLines } from './use-found-lines';

export interface PaletteGroups {
  readonly groups: readonly PaletteGroup[];
  /** The first line is that for all that is typed: what was found may still be for fewer letters. */
  readonly settled: boolean;
}

/** What the palette offers for what was typed; with nothing typed, what was used last and all commands. */
export function usePaletteGroups(typed: string): PaletteGroups {
  const { t } = useTranslation();
  const found = useFoundLines(typed);
  const { lines, spelled } = useCommandLines(typed);
  const presets = usePresetLines(typed);
  const models = useModelLines(typed);
  const commands = { heading: t('palette.commands'), lines };
  const groups = orderedGroups(
    [
      { heading: t('palette.conversations'), lines: found.conversations },
      { heading: t('palette.messages'), lines: found.messages },
      commands,
      { heading: t('palette.presets'), lines: presets },
      { heading: t('palette.models'), lines: models },
    ],
    spelled ? commands : null,
  );
  return { groups, settled: spelled || found.settled };
}
