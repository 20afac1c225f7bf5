import { skipToken, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatSettings } from '../../../shared/chat-settings';
import type { Connection, Model } from '../../../shared/contract/connection';
import { isKnownTo } from '../../../shared/parameters';
import { withValue } from '../../parameters/setting';
import { orpc } from '../../rpc/client';
import { useCommand } from '../../state/commands';
import { PickerFrame } from '../../ui/picker-frame';
import { ModelList } from './model-list';
import { ModelProviders } from './model-providers';
import { recordsByName } from './model-records';
import type { Asked } from './use-asked';
import { useCatalogue } from './use-catalogue';

export interface ModelPickerProps {
  asked: Asked;
  connection: Connection;
  /** The conversation has begun: then it stays with real connections, or with the demo. */
  begun: boolean;
  settings: ChatSettings;
  onChangeSettings: (settings: ChatSettings) => void;
  /** Takes a model of another connection. */
  onSwitch: (connection: Connection, model: string) => void;
}

const NONE: readonly Connection[] = [];

/** Which model the next message goes to, over which connection and to whose machines. */
export function ModelPicker(props: ModelPickerProps) {
  const { asked, connection, begun, settings, onChangeSettings, onSwitch } = props;
  const { t } = useTranslation();
  const [open, setOpen] = useState<'one' | 'several' | null>(null);
  const [shownId, setShownId] = useState(connection.id);
  const [routed, setRouted] = useState<Model | null>(null);
  const all = useQuery(orpc.connections.list.queryOptions()).data ?? NONE;
  const connections = all.filter(({ isDemo }) => !begun || isDemo === connection.isDemo);
  const shown = connections.find(({ id }) => id === shownId) ?? connection;
  const elsewhere = shown.id !== connection.id;
  const other = useCatalogue(elsewhere ? shown.id : null, open !== null);
  const state = elsewhere ? other : asked.state;
  const read = useQuery(
    orpc.connections.modelRecords.queryOptions({
      input: open === null ? skipToken : { id: shown.id },
      staleTime: 0,
    }),
  );
  const records = useMemo(() => recordsByName(read.data ?? []), [read.data]);

  const change = (next: 'one' | 'several' | null) => {
    if (next !== null) {
      asked.want();
      setShownId(connection.id);
    }
    setRouted(null);
    setOpen(next);
  };
  useCommand('chooseModel', () => change('one'));
  useCommand('askSeveral', () => change('several'));

  const route = (parameters: ChatSettings['parameters'] | null) => {
    if (parameters) onChangeSettings({ ...settings, parameters });
  };
  const take = (name: string) => {
    if (elsewhere) onSwitch(shown, name);
    else asked.choose(name);
  };
  const choose = (name: string) => {
    take(name);
    const { provider } = settings.parameters;
    const model = state.catalogue?.models.find(({ id }) => id === name);
    // A provider that does not have it would refuse it.
    if (model && provider !== undefined && !model.offers.some((one) => one.provider === provider)) {
      route(withValue(settings.parameters, 'provider', undefined));
    }
    change(null);
  };
  const [first] = asked.models;
  const { provider } = settings.parameters;
  return (
    <PickerFrame
      label={t('composer.model')}
      display={
        <>
          {first ?? t('composer.chooseModel')}
          {first !== undefined && provider !== undefined && (
            <span className="font-normal text-text-3"> · {provider}</span>
          )}
        </>
      }
      open={open !== null}
      onOpenChange={(next) => change(next ? 'one' : null)}
      wide
    >
      {routed ? (
        <ModelProviders
          model={routed}
          profile={shown.profile}
          values={settings.parameters}
          onBack={() => setRouted(null)}
          onRouting={(routing) => route(withValue(settings.parameters, 'routing', routing))}
          onChoose={(name) => {
            take(routed.id);
            route(withValue(settings.parameters, 'provider', name ?? undefined));
            change(null);
          }}
        />
      ) : (
        <ModelList
          key={shown.id}
          state={state}
          records={records}
          connections={{ all: connections, shown: shown.id, show: setShownId }}
          models={elsewhere ? [] : asked.models}
          several={open === 'several' && !elsewhere}
          onChoose={choose}
          onAdd={asked.add}
          onProviders={isKnownTo('provider', shown.profile) ? setRouted : undefined}
        />
      )}
    </PickerFrame>
  );
}
