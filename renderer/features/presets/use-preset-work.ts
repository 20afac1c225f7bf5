import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Preset, PresetContent } from '../../../shared/contract/preset';
import type { PresetId } from '../../../shared/ids';
import { addPreset, freePresetName } from '../../preset/new-preset';
import { readPresetsAgain, showPresets } from '../../preset/use-presets';
import { client } from '../../rpc/client';
import { notify } from '../../ui/toaster';
import { dropDraft, keepDraft } from './preset-drafts';
import { neighbourOf } from './preset-order';

export interface PresetWork {
  readonly open: (id: PresetId | null) => void;
  readonly create: (name: string, content: PresetContent) => Promise<void>;
  readonly duplicate: (preset: Preset) => Promise<void>;
  /** Takes it out of the list; a notice offers to undo it. */
  readonly remove: (preset: Preset) => Promise<void>;
  readonly reorder: (ids: readonly PresetId[]) => Promise<void>;
  /** Null: new conversations start with none. */
  readonly setDefault: (preset: Preset | null) => Promise<void>;
}

/** What can be done with the list of presets. None of it rejects: a failure is said. */
export function usePresetWork(presets: readonly Preset[]): PresetWork {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const open = (id: PresetId | null) => navigate(id === null ? '/presets' : `/presets/${id}`);
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch {
      notify({ text: t('presets.notDone') });
    }
    await readPresetsAgain();
  };
  return {
    open,
    create: (name, content) =>
      attempt(async () => open((await addPreset(freePresetName(name, presets), content)).id)),
    duplicate: ({ id }) =>
      attempt(async () => {
        await keepDraft(id);
        const copy = await client.presets.duplicate({ id });
        await readPresetsAgain();
        open(copy.id);
      }),
    remove: (preset) =>
      attempt(async () => {
        const { id, name } = preset;
        await keepDraft(id);
        await client.presets.remove({ id });
        dropDraft(id);
        const next = neighbourOf(
          presets.map((one) => one.id),
          id,
        );
        showPresets((now) => now.filter((one) => one.id !== id));
        open(next);
        const restore = () =>
          attempt(async () => {
            await client.presets.restore({ id });
            await readPresetsAgain();
            open(id);
          });
        notify({
          text: t('presets.removed', { name }),
          action: { label: t('presets.undo'), onSelect: () => void restore() },
        });
      }),
    reorder: (ids) =>
      attempt(async () => {
        showPresets((now) =>
          ids.flatMap((id) => {
            const preset = now.find((one) => one.id === id);
            return preset ? [preset] : [];
          }),
        );
        await client.presets.reorder({ ids: [...ids] });
      }),
    setDefault: (preset) => attempt(() => client.presets.setDefault({ id: preset?.id ?? null })),
  };
}
