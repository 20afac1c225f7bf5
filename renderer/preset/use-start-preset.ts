import { useTranslation } from 'react-i18next';
import { type ChatSettings, EMPTY_CHAT_SETTINGS } from '../../shared/chat-settings';
import type { OpeningMessage, Preset, PresetContent } from '../../shared/contract/preset';
import type { ConnectionId } from '../../shared/ids';
import { filled } from '../../shared/template';
import { notify } from '../ui/toaster';
import { contentVariables, filledContent } from './differences';
import { clearStart, type StartState, startWith, useStartState } from './start-state';
import { type PresetUse, usePresetActions } from './use-preset-actions';
import { usePresets } from './use-presets';
import { askVariables } from './variables';

/** What is chosen for the conversation that has not begun. */
export interface StartChoice {
  /** The chosen preset, else the default one. */
  readonly preset: Preset | null;
  readonly state: StartState;
  /** The one chosen by hand, else the preset's; null leaves it as it would be without. */
  readonly connectionId: ConnectionId | null;
  readonly model: string | null;
}

export function useStartChoice(): StartChoice {
  const presets = usePresets();
  const state = useStartState();
  const preset =
    presets.find(({ id, isDefault }) =>
      state.presetId === 'default' ? isDefault : id === state.presetId,
    ) ?? null;
  return { preset, state, ...targetOf(preset?.content ?? null, state) };
}

/** Whom to ask: what was chosen by hand goes before what the preset names. */
export function targetOf(
  content: Pick<PresetContent, 'connectionId' | 'model'> | null,
  { target }: Pick<StartState, 'target'>,
): Pick<StartChoice, 'connectionId' | 'model'> {
  const named = content?.connectionId ?? null;
  const connectionId = target.connectionId ?? named;
  // A model that belongs to one connection says nothing to another.
  const fits = named === null || named === connectionId;
  return { connectionId, model: target.model ?? (fits ? (content?.model ?? null) : null) };
}

/** What a conversation begins with. */
export interface Beginning {
  readonly settings: ChatSettings;
  readonly opening: OpeningMessage[];
}

export interface StartPreset extends PresetUse, Beginning {
  readonly changeSettings: (settings: ChatSettings) => void;
  readonly chooseTarget: (connectionId: ConnectionId | null, model: string) => void;
  /** What goes along with the first message, asked for what is not filled in; null: called off. */
  readonly prepared: () => Promise<Beginning | null>;
  /** To be called once the conversation has begun. */
  readonly begun: () => void;
}

/** The preset of the conversation that has not begun. `target` is what is asked in the end. */
export function useStartPreset(
  { preset, state }: StartChoice,
  target: { readonly connectionId: ConnectionId | null; readonly model: string | null },
): StartPreset {
  const { t } = useTranslation();
  const content = preset && filledContent(preset.content, state.values ?? {});
  const settings = state.settings ?? content?.settings ?? EMPTY_CHAT_SETTINGS;
  const opening = content?.opening ?? [];
  const changeSettings = (next: ChatSettings) => useStartState.setState({ settings: next });
  const ask = ({ name, content: raw }: Preset) =>
    askVariables(name, [raw.settings.system, ...raw.opening.map(({ text }) => text)]);

  const actions = usePresetActions({
    ...target,
    preset,
    settings,
    changeSettings,
    adopt: async (presetId) => useStartState.setState({ presetId }),
  });
  return {
    ...actions,
    settings,
    opening,
    changeSettings,
    chooseTarget: (connectionId, model) =>
      useStartState.setState({ target: { connectionId, model } }),
    async choose(next) {
      const values = next && (await ask(next));
      if (next && values === null) return;
      startWith(next?.id ?? null, values);
      if (state.settings === null) return;
      notify({
        text: next ? t('presets.taken', { name: next.name }) : t('presets.given'),
        action: { label: t('presets.undo'), onSelect: () => useStartState.setState(state) },
      });
    },
    async prepared() {
      const open = preset !== null && state.values === null;
      if (!open || contentVariables(preset.content).length === 0) return { settings, opening };
      const values = await ask(preset);
      if (values === null) return null;
      useStartState.setState({ values });
      return {
        settings: { ...settings, system: filled(settings.system, values) },
        opening: filledContent(preset.content, values).opening,
      };
    },
    begun: clearStart,
  };
}
