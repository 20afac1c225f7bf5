import type { TFunction } from 'i18next';
import type { ImportResult } from './use-preset-files';

/** What a file brought, in words. */
export function importText(result: ImportResult, t: TFunction): { title: string; text: string } {
  if (result.kind === 'failed') {
    const { reason } = result.failure;
    const known = reason === 'not_a_preset_file' || reason === 'newer_file' ? reason : 'unreadable';
    return { title: t('presets.importFailed'), text: t(`presets.importProblems.${known}`) };
  }
  const { added, skipped } = result;
  if (added.length + skipped.length === 0) {
    return { title: t('presets.nothingImported'), text: t('presets.emptyFile') };
  }
  return {
    title:
      added.length === 0
        ? t('presets.nothingImported')
        : t('presets.imported', { count: added.length }),
    text: t('presets.skipped', { count: skipped.length }),
  };
}
