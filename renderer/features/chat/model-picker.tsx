import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection, Model } from '../../../shared/contract/connection';
import { orpc } from '../../rpc/client';
import { Picker } from '../../ui/picker';
import type { PickerOption } from '../../ui/picker-options';

/** Types of models that answer with text; a server that does not say may mean any. */
const CHAT_TYPES: ReadonlySet<string | null> = new Set([null, 'llm', 'vision', 'chat']);

/** The models of a connection that one can talk to. */
export function chatModels(models: readonly Model[]): readonly Model[] {
  const chat = models.filter((model) => CHAT_TYPES.has(model.type));
  return chat.length > 0 ? chat : models;
}

function optionsOf(models: readonly Model[]): readonly PickerOption[] {
  const options = chatModels(models).map(
    ({ id, description }): PickerOption => ({
      value: id,
      label: id,
      ...(description === null ? {} : { keywords: description }),
    }),
  );
  return options.sort((a, b) => compare(a.group ?? '', b.group ?? '') || compare(a.label, b.label));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export interface ModelPickerProps {
  connection: Connection;
  model: string | null;
  onChoose: (model: string) => void;
}

/** Which model the next message goes to. The list is read when it is first opened. */
export function ModelPicker({ connection, model, onChoose }: ModelPickerProps) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState(false);
  const { data, isError } = useQuery(
    orpc.connections.catalogue.queryOptions({ input: { id: connection.id }, enabled: wanted }),
  );
  const options = useMemo(() => optionsOf(data?.models ?? []), [data]);
  return (
    <Picker
      label={t('composer.model')}
      value={model}
      options={options}
      onChange={onChoose}
      placeholder={t('composer.chooseModel')}
      searchLabel={t('composer.searchModels')}
      emptyText={t('composer.noModels')}
      freeText={(text) => t('composer.useTyped', { text })}
      onOpenChange={(open) => open && setWanted(true)}
      {...(isError ? { note: t('composer.modelsFailed') } : {})}
    />
  );
}
