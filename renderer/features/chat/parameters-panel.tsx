import { X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ChatSettings, EMPTY_CHAT_SETTINGS } from '../../../shared/chat-settings';
import type { Connection } from '../../../shared/contract/connection';
import { PARAMETER_GROUPS, PARAMETER_KEYS, PARAMETERS } from '../../../shared/parameters';
import type { Suggestions } from '../../parameters/control-props';
import { ExtraField } from '../../parameters/extra-field';
import { HistoryFields } from '../../parameters/history-fields';
import { ParameterControl } from '../../parameters/parameter-control';
import { rowState } from '../../parameters/row-state';
import { obstacleOf, withValue } from '../../parameters/setting';
import { SystemField } from '../../parameters/system-field';
import { differencesOf, isFilledFrom } from '../../preset/differences';
import type { PresetUse } from '../../preset/use-preset-actions';
import { Badge } from '../../ui/badge';
import { IconButton } from '../../ui/icon-button';
import type { Multiplier } from './cost-multiplier';
import { closeParameters, PARAMETERS_PANEL } from './parameters-button';
import { ParametersFoot } from './parameters-foot';

export interface ParametersPanelProps {
  settings: ChatSettings;
  preset: PresetUse;
  connection: Connection | null;
  model: string | null;
  /** The request fields the model takes; null where its server does not say. */
  takes: readonly string[] | null;
  multiplier: Multiplier;
  suggestions: Suggestions;
  onChange: (settings: ChatSettings) => void;
}

/** Everything that goes along with a message besides its words. */
export function ParametersPanel(props: ParametersPanelProps) {
  const { settings, connection, multiplier, onChange } = props;
  const { preset } = props.preset;
  const { t } = useTranslation();
  // What was typed wrongly goes away with everything else that is set back.
  const [resets, setResets] = useState(0);
  const base = preset?.content.settings ?? EMPTY_CHAT_SETTINGS;
  const ofPreset = preset !== null;
  const differences = differencesOf(settings, base).length;
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    // A list that is open stands elsewhere in the document and has Esc for itself. A tip has it too, but
    // whoever writes may have the pointer anywhere.
    if (!(event.target instanceof Node && event.currentTarget.contains(event.target))) return;
    event.preventDefault();
    closeParameters();
  };
  return (
    <section
      id={PARAMETERS_PANEL}
      aria-label={t('parameters.title')}
      tabIndex={-1}
      className="parameters"
      onKeyDown={press}
    >
      <header className="parameters-head">
        <h2 className="min-w-0 flex-1 truncate font-semibold">{t('parameters.title')}</h2>
        {differences > 0 && (
          <Badge tone="live" className="min-w-0 truncate">
            {preset
              ? t('parameters.differ', { count: differences, name: preset.name })
              : t('parameters.set', { count: differences })}
          </Badge>
        )}
        <IconButton
          label={t('parameters.close')}
          shortcut="Escape"
          icon={X}
          onClick={closeParameters}
        />
      </header>
      <div key={resets} className="parameters-body">
        <System {...props} base={base.system} ofPreset={ofPreset} />
        <UnknownNote connection={connection} />
        <Groups {...props} base={base} ofPreset={ofPreset} />
        <HistoryFields
          value={settings.history}
          compare={{ value: base.history, ofPreset }}
          onChange={(history) => onChange({ ...settings, history })}
        />
        <section>
          <h3 className="parameter-heading">{t('parameters.other')}</h3>
          <ExtraField
            value={settings.extra}
            compare={{ value: base.extra, ofPreset }}
            onChange={(extra) => onChange({ ...settings, extra })}
          />
        </section>
      </div>
      <ParametersFoot
        preset={props.preset}
        differences={differences}
        multiplier={multiplier}
        onReset={() => {
          setResets(resets + 1);
          if (!props.preset.back) onChange(EMPTY_CHAT_SETTINGS);
          else void props.preset.back();
        }}
      />
    </section>
  );
}

interface Base<Value> {
  base: Value;
  ofPreset: boolean;
}

function System({ settings, base, ofPreset, onChange }: ParametersPanelProps & Base<string>) {
  const { t } = useTranslation();
  const { system } = settings;
  const change = (next: string) => onChange({ ...settings, system: next });
  // A template whose variables were filled in is as the preset has it.
  const same = isFilledFrom(base.trim(), system.trim());
  const state = rowState({
    value: system,
    isSet: system.trim() !== '',
    compare: { value: same ? system : base, ofPreset },
    unset: '',
    nameOf: () => (base.trim() === '' ? t('parameters.notSet') : t('parameters.asInPreset')),
    onChange: change,
  });
  return <SystemField value={system} state={state} onChange={change} />;
}

function Groups(props: ParametersPanelProps & Base<ChatSettings>) {
  const { settings, base, ofPreset, connection, model, takes, suggestions, onChange } = props;
  const { t } = useTranslation();
  return PARAMETER_GROUPS.map((group) => (
    <section key={group}>
      <h3 className="parameter-heading">{t(`parameters.groups.${group}`)}</h3>
      {PARAMETER_KEYS.filter((key) => PARAMETERS[key].group === group).map((key) => (
        <ParameterControl
          key={key}
          parameterKey={key}
          value={settings.parameters[key]}
          obstacle={connection && obstacleOf(key, connection, model, takes)}
          serverName={connection?.name ?? ''}
          suggestions={suggestions}
          compare={{ value: base.parameters[key], ofPreset }}
          onChange={(value) => {
            const parameters = withValue(settings.parameters, key, value);
            if (parameters) onChange({ ...settings, parameters });
            return parameters !== null;
          }}
        />
      ))}
    </section>
  ));
}

/** Says once why some controls are grey. */
function UnknownNote({ connection }: { connection: Connection | null }) {
  const { t } = useTranslation();
  if (!connection) return null;
  const unknown = PARAMETER_KEYS.filter(
    (key) => obstacleOf(key, connection, null)?.kind === 'unknown',
  );
  if (unknown.length === 0) return null;
  return (
    <p className="px-4 pt-2 text-12 text-text-3">
      {t('parameters.unknownNote', { count: unknown.length, name: connection.name })}
    </p>
  );
}
