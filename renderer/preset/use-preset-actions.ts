import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { ChatSettings } from '../../shared/chat-settings';
import type { OpeningMessage, Preset, PresetContent } from '../../shared/contract/preset';
import type { ConnectionId, PresetId } from '../../shared/ids';
import { client } from '../rpc/client';
import { notify } from '../ui/toaster';
import { contentWith, differencesOf, filledContent, isFilledFrom } from './differences';
import { keepAsPreset } from './new-preset';
import { readPresetsAgain } from './use-presets';
import { askVariables } from './variables';

/** A preset where it is used: beside a message that is being written. */
export interface PresetUse {
  /** What is in use; null: none. */
  readonly preset: Preset | null;
  /** Something would be otherwise in the preset if it was saved to it. */
  readonly differs: boolean;
  /** Takes over what a preset holds, after asking for its variables; null: none is used any more. */
  readonly choose: (preset: Preset | null) => Promise<void>;
  /** Sets everything as the preset has it; null while none is in use. */
  readonly back: (() => Promise<void>) | null;
  /** Keeps the present settings in the preset; null while none is in use. */
  readonly save: (() => Promise<void>) | null;
  /** Keeps them as a further preset, which is then in use. */
  readonly saveNew: () => Promise<void>;
}

export interface PresetActionParts {
  readonly preset: Preset | null;
  readonly settings: ChatSettings;
  readonly model: string | null;
  readonly connectionId: ConnectionId | null;
  readonly changeSettings: (settings: ChatSettings) => void;
  /** Has a preset in use whose settings are the present ones. */
  readonly adopt: (id: PresetId) => Promise<void>;
}

/** What can be done with a preset and the present settings, wherever a message is written. */
export function usePresetActions(parts: PresetActionParts): Omit<PresetUse, 'choose'> {
  const { preset, settings, model, connectionId, changeSettings, adopt } = parts;
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const undo = (onSelect: () => void) => ({ label: t('presets.undo'), onSelect });

  const back = async (to: Preset) => {
    const { system } = to.content.settings;
    const kept = isFilledFrom(system.trim(), settings.system.trim());
    const values = kept ? {} : await askVariables(to.name, [system]);
    if (values === null) return;
    const next = filledContent(to.content, values).settings;
    changeSettings(kept ? { ...next, system: settings.system } : next);
    notify({
      text: t('presets.backTo', { name: to.name }),
      action: undo(() => changeSettings(settings)),
    });
  };
  const store = async ({ id }: Preset, content: PresetContent) => {
    await client.presets.change({ id, content });
    await readPresetsAgain();
  };
  const save = async (to: Preset) => {
    const failed = () => notify({ text: t('presets.notSaved', { name: to.name }) });
    try {
      await store(to, contentWith(to.content, settings, model));
      notify({
        text: t('presets.saved', { name: to.name }),
        action: undo(() => void store(to, to.content).catch(failed)),
      });
    } catch {
      failed();
    }
  };
  const saveNew = async () => {
    const opening: OpeningMessage[] = preset?.content.opening ?? [];
    const before: PresetContent = { connectionId, model, settings, opening };
    const content = preset
      ? { ...contentWith({ ...preset.content, model }, settings, model), connectionId }
      : before;
    const made = await keepAsPreset(preset?.name ?? t('presets.newName'), content);
    if (!made) return;
    await adopt(made.id).catch(() => {});
    notify({
      text: t('presets.made', { name: made.name }),
      action: { label: t('presets.editMade'), onSelect: () => navigate(`/presets/${made.id}`) },
    });
  };
  const base = preset?.content;
  return {
    preset,
    differs:
      base !== undefined &&
      (differencesOf(settings, base.settings).length > 0 ||
        (base.model !== null && model !== base.model)),
    back: preset && (() => back(preset)),
    save: preset && (() => save(preset)),
    saveNew,
  };
}
