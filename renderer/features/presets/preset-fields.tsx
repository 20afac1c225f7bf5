import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatSettings } from '../../../shared/chat-settings';
import type { Connection } from '../../../shared/contract/connection';
import type { PresetContent } from '../../../shared/contract/preset';
import { PARAMETER_KEYS, PARAMETERS, type ParameterGroup } from '../../../shared/parameters';
import { ExtraField } from '../../parameters/extra-field';
import { HistoryFields } from '../../parameters/history-fields';
import { ParameterControl } from '../../parameters/parameter-control';
import { ParameterRow } from '../../parameters/parameter-row';
import { rowState } from '../../parameters/row-state';
import { obstacleOf, withValue } from '../../parameters/setting';
import { Picker } from '../../ui/picker';
import { RowSelect } from '../../ui/row-select';
import type { PresetModels } from './use-preset-models';

interface PresetFieldsProps {
  content: PresetContent;
  connections: readonly Connection[];
  /** The one that the preset names. */
  connection: Connection | null;
  models: PresetModels;
  onChange: (content: Partial<PresetContent>) => void;
}

/** Everything a preset sets besides its words, in the controls of the panel. */
export function PresetFields(props: PresetFieldsProps) {
  const { content, onChange } = props;
  const { settings } = content;
  const { t } = useTranslation();
  const change = (next: Partial<ChatSettings>) => onChange({ settings: { ...settings, ...next } });
  return (
    <div className="grid items-start gap-x-10 @min-[640px]:grid-cols-2">
      <div>
        <Group title={t('presets.modelAndRoute')}>
          <ModelRow {...props} />
          <ConnectionRow {...props} />
          <Controls {...props} group="route" />
        </Group>
        <Group title={t('parameters.groups.length')}>
          <Controls {...props} group="length" />
        </Group>
        <div className="preset-group">
          <HistoryFields
            value={settings.history}
            compare={null}
            onChange={(history) => change({ history })}
          />
        </div>
      </div>
      <div>
        <Group title={t('parameters.groups.sampling')}>
          <Controls {...props} group="sampling" />
        </Group>
        <Group title={t('parameters.groups.integrity')}>
          <Controls {...props} group="integrity" />
        </Group>
        <Group title={t('parameters.groups.advanced')}>
          <Controls {...props} group="advanced" />
          <ExtraField
            value={settings.extra}
            compare={null}
            onChange={(extra) => change({ extra })}
          />
        </Group>
      </div>
    </div>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="preset-group">
      <h3 className="parameter-heading">{title}</h3>
      {children}
    </section>
  );
}

function ModelRow({ content, models, onChange }: PresetFieldsProps) {
  const { t } = useTranslation();
  const { model } = content;
  const change = (next: string | null) => onChange({ model: next });
  const state = rowState({
    value: model,
    isSet: model !== null,
    compare: null,
    unset: null,
    nameOf: String,
    onChange: change,
  });
  return (
    <ParameterRow label={t('composer.model')} help={t('presets.modelHelp')} state={state}>
      {(names) => (
        <Picker
          label={names.label}
          describedBy={names.describedBy}
          variant="row"
          wide
          side="bottom"
          align="end"
          value={model}
          options={models.suggestionsFor(model).model}
          onChange={change}
          placeholder={t('presets.asItIs')}
          searchLabel={t('parameters.searchOrType')}
          emptyText={t('parameters.typeOne')}
          freeText={(text) => t('composer.useTyped', { text })}
        />
      )}
    </ParameterRow>
  );
}

function ConnectionRow({ content, connections, onChange }: PresetFieldsProps) {
  const { t } = useTranslation();
  const { connectionId } = content;
  const change = (next: PresetContent['connectionId']) => onChange({ connectionId: next });
  const state = rowState({
    value: connectionId,
    isSet: connectionId !== null,
    compare: null,
    unset: null,
    nameOf: String,
    onChange: change,
  });
  const gone = connectionId !== null && !connections.some(({ id }) => id === connectionId);
  return (
    <ParameterRow
      label={t('presets.connection')}
      help={t('presets.connectionHelp')}
      state={state}
      obstacle={gone ? t('presets.connectionGone') : null}
    >
      {(names) => (
        <RowSelect
          label={names.label}
          describedBy={names.describedBy}
          value={connectionId === null || gone ? null : String(connectionId)}
          options={connections.map(({ id, name }) => ({ value: String(id), label: name }))}
          unsetLabel={t('presets.anyConnection')}
          onChange={(next) => change(connections.find(({ id }) => String(id) === next)?.id ?? null)}
        />
      )}
    </ParameterRow>
  );
}

function Controls(props: PresetFieldsProps & { group: ParameterGroup }) {
  const { content, connection, models, group, onChange } = props;
  const { settings, model } = content;
  return PARAMETER_KEYS.filter((key) => PARAMETERS[key].group === group).map((key) => (
    <ParameterControl
      key={key}
      parameterKey={key}
      value={settings.parameters[key]}
      obstacle={connection && obstacleOf(key, connection, model)}
      serverName={connection?.name ?? ''}
      suggestions={models.suggestionsFor(model)}
      compare={null}
      onChange={(value) => {
        const parameters = withValue(settings.parameters, key, value);
        if (parameters) onChange({ settings: { ...settings, parameters } });
        return parameters !== null;
      }}
    />
  ));
}
