import { useTranslation } from 'react-i18next';
import { orderedGroups, type PaletteGroup } from './palette-lines';
import { useModelLines, usePresetLines } from './use-choice-lines';
import { useCommandLines } from './use-command-lines';
import { useFoundLines } from './use-found-lines';

/** What the palette offers for what was typed; with nothing typed, what was used last and all commands. */
export function usePaletteGroups(typed: string): readonly PaletteGroup[] {
  const { t } = useTranslation();
  const found = useFoundLines(typed);
  const { lines, spelled } = useCommandLines(typed);
  const presets = usePresetLines(typed);
  const models = useModelLines(typed);
  const commands = { heading: t('palette.commands'), lines };
  return orderedGroups(
    [
      { heading: t('palette.conversations'), lines: found.conversations },
      { heading: t('palette.messages'), lines: found.messages },
      commands,
      { heading: t('palette.presets'), lines: presets },
      { heading: t('palette.models'), lines: models },
    ],
    spelled ? commands : null,
  );
}
