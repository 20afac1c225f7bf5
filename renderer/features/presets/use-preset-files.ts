import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Preset } from '../../../shared/contract/preset';
import type { Failure } from '../../../shared/errors';
import type { PresetId } from '../../../shared/ids';
import { readPresetsAgain } from '../../preset/use-presets';
import { client } from '../../rpc/client';
import { failureOf } from '../../rpc/failure';
import { notify } from '../../ui/toaster';
import { keepAllDrafts } from './preset-drafts';

/** What came of reading a file. */
export type ImportResult =
  | {
      readonly kind: 'read';
      readonly added: readonly Preset[];
      readonly skipped: readonly { readonly name: string; readonly problem: string }[];
    }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface PresetFiles {
  /** What has to be said about the last import; null: nothing, or it has been read. */
  readonly result: ImportResult | null;
  readonly dismiss: () => void;
  readonly importFile: () => Promise<void>;
  readonly exportFile: (ids: readonly PresetId[]) => Promise<void>;
}

/** Presets into files and out of them. */
export function usePresetFiles(open: (id: PresetId) => void): PresetFiles {
  const { t } = useTranslation();
  const [result, setResult] = useState<ImportResult | null>(null);
  return {
    result,
    dismiss: () => setResult(null),
    async importFile() {
      try {
        const read = await client.presets.importFile();
        if (!read) return;
        await readPresetsAgain();
        const [first] = read.added;
        if (first) open(first.id);
        if (read.skipped.length > 0 || !first) setResult({ kind: 'read', ...read });
        else notify({ text: t('presets.imported', { count: read.added.length }) });
      } catch (error) {
        setResult({ kind: 'failed', failure: failureOf(error) });
      }
    },
    async exportFile(ids) {
      try {
        await keepAllDrafts();
        const written = await client.presets.exportFile({ ids: [...ids] });
        if (!written) return;
        const { path, count } = written;
        const file = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        notify({ text: t('presets.exported', { count, file }) });
      } catch {
        notify({ text: t('presets.notExported') });
      }
    },
  };
}
