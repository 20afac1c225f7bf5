import type { ChatSettings } from '../../../shared/chat-settings';
import type { Connection } from '../../../shared/contract/connection';
import { differencesOf } from '../../preset/differences';
import { PresetPicker } from '../../preset/preset-picker';
import type { PresetUse } from '../../preset/use-preset-actions';
import { useComposing } from './composing';
import { ModelChips } from './model-chips';
import { ModelPicker } from './model-picker';
import { ParametersButton } from './parameters-button';
import { ParametersPanel } from './parameters-panel';
import type { Asked } from './use-asked';

export interface AskingProps {
  asked: Asked;
  connection: Connection | null;
  settings: ChatSettings;
  preset: PresetUse;
}

export interface AskingToolsProps extends AskingProps {
  /** The conversation has begun, so real and simulated money must not meet in it. */
  begun: boolean;
  onChangeSettings: (settings: ChatSettings) => void;
  /** Takes a model of another connection. */
  onSwitch: (connection: Connection, model: string) => void;
}

/** At the left of the composer's tools: whom to ask, and with what. */
export function AskingTools(props: AskingToolsProps) {
  const { asked, connection, settings, preset, begun, onChangeSettings, onSwitch } = props;
  const base = preset.preset?.content.settings;
  return (
    <>
      {connection && (
        <ModelPicker
          // What it shows is of one connection.
          key={connection.id}
          asked={asked}
          connection={connection}
          begun={begun}
          settings={settings}
          onChangeSettings={onChangeSettings}
          onSwitch={onSwitch}
        />
      )}
      <PresetPicker
        value={preset.preset?.id ?? null}
        onChoose={(chosen) => void preset.choose(chosen)}
      />
      <ParametersButton
        differences={differencesOf(settings, base).length}
        presetName={preset.preset?.name ?? null}
      />
    </>
  );
}

/** Above the tools: the further models. */
export function AskingChips({ asked, connection }: Omit<AskingProps, 'settings' | 'preset'>) {
  if (!connection) return null;
  return (
    <ModelChips
      asked={asked}
      profile={connection.profile}
      onRemove={asked.remove}
      onMode={asked.setMode}
    />
  );
}

export interface AskingPanelProps extends AskingProps {
  onChange: (settings: ChatSettings) => void;
}

/** At the right of the page, when it is open: everything that goes along with a message. */
export function AskingPanel(props: AskingPanelProps) {
  const { asked, connection, settings, preset, onChange } = props;
  const open = useComposing((state) => state.parametersOpen);
  if (!open) return null;
  return (
    <ParametersPanel
      settings={settings}
      preset={preset}
      connection={connection}
      model={asked.models[0] ?? null}
      takes={asked.takes}
      multiplier={asked.multiplier}
      suggestions={asked.suggestions}
      onChange={onChange}
    />
  );
}
