import type { ChatSettings } from '../../../shared/chat-settings';
import type { Connection } from '../../../shared/contract/connection';
import { differenceCount } from '../../parameters/setting';
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
}

/** At the left of the composer's tools: whom to ask, and with what. */
export function AskingTools({ asked, connection, settings }: AskingProps) {
  return (
    <>
      {connection && (
        <ModelPicker
          models={asked.models}
          state={asked.state}
          onOpen={asked.want}
          onChoose={asked.choose}
          onAdd={asked.add}
        />
      )}
      <ParametersButton differences={differenceCount(settings)} />
    </>
  );
}

/** Above the tools: the further models. */
export function AskingChips({ asked, connection }: Omit<AskingProps, 'settings'>) {
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
export function AskingPanel({ asked, connection, settings, onChange }: AskingPanelProps) {
  const open = useComposing((state) => state.parametersOpen);
  if (!open) return null;
  return (
    <ParametersPanel
      settings={settings}
      connection={connection}
      model={asked.models[0] ?? null}
      multiplier={asked.multiplier}
      suggestions={asked.suggestions}
      onChange={onChange}
    />
  );
}
