import { X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatSettings } from '../../../shared/chat-settings';
import { EMPTY_CHAT_SETTINGS } from '../../../shared/chat-settings';
import type { Connection } from '../../../shared/contract/connection';
import { PARAMETER_GROUPS, PARAMETER_KEYS, PARAMETERS } from '../../../shared/parameters';
import type { Suggestions } from '../../parameters/control-props';
import { ExtraField } from '../../parameters/extra-field';
import { HistoryFields } from '../../parameters/history-fields';
import { ParameterControl } from '../../parameters/parameter-control';
import { differenceCount, obstacleOf, withValue } from '../../parameters/setting';
import { SystemField } from '../../parameters/system-field';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { IconButton } from '../../ui/icon-button';
import type { Multiplier } from './cost-multiplier';
import { closeParameters, PARAMETERS_PANEL } from './parameters-button';
import { useMultiplierText } from './use-multiplier-text';

export interface ParametersPanelProps {
  settings: ChatSettings;
  connection: Connection | null;
  model: string | null;
  multiplier: Multiplier;
  suggestions: Suggestions;
  onChange: (settings: ChatSettings) => void;
}

/** Everything that goes along with a message besides its words. */
export function ParametersPanel(props: ParametersPanelProps) {
  const { settings, connection, multiplier, onChange } = props;
  const { t } = useTranslation();
  const { sentence } = useMultiplierText();
  // What was typed wrongly goes away with everything else that is reset.
  const [resets, setResets] = useState(0);
  const differences = differenceCount(settings);
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return;
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
          <Badge tone="live">{t('parameters.set', { count: differences })}</Badge>
        )}
        <IconButton
          label={t('parameters.close')}
          shortcut="Escape"
          icon={X}
          onClick={closeParameters}
        />
      </header>
      <div key={resets} className="parameters-body">
        <SystemField
          value={settings.system}
          onChange={(system) => onChange({ ...settings, system })}
        />
        <UnknownNote connection={connection} />
        <Groups {...props} />
        <HistoryFields
          value={settings.history}
          onChange={(history) => onChange({ ...settings, history })}
        />
        <section>
          <h3 className="parameter-heading">{t('parameters.other')}</h3>
          <ExtraField
            value={settings.extra}
            onChange={(extra) => onChange({ ...settings, extra })}
          />
        </section>
      </div>
      <footer className="parameters-foot">
        <p className="min-w-0 flex-1 text-12 text-text-2">{sentence(multiplier)}</p>
        <Button
          size="sm"
          disabled={differences === 0}
          onClick={() => {
            setResets(resets + 1);
            onChange(EMPTY_CHAT_SETTINGS);
          }}
        >
          {t('parameters.resetAll')}
        </Button>
      </footer>
    </section>
  );
}

function Groups({ settings, connection, model, suggestions, onChange }: ParametersPanelProps) {
  const { t } = useTranslation();
  return PARAMETER_GROUPS.map((group) => (
    <section key={group}>
      <h3 className="parameter-heading">{t(`parameters.groups.${group}`)}</h3>
      {PARAMETER_KEYS.filter((key) => PARAMETERS[key].group === group).map((key) => (
        <ParameterControl
          key={key}
          parameterKey={key}
          value={settings.parameters[key]}
          obstacle={connection && obstacleOf(key, connection, model)}
          serverName={connection?.name ?? ''}
          suggestions={suggestions}
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
