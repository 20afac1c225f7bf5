import { skipToken, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../shared/contract/app';
import { orpc } from '../../rpc/client';
import { useChangeSettings } from '../../state/change-settings';
import { Picker } from '../../ui/picker';
import { Select } from '../../ui/select';
import { SettingSwitch } from './setting-switch';

/** In the place of a connection: the one that the conversation is over, and one that was deleted. */
const OWN = 'own';
const GONE = 'gone';

/** Whether a model writes the titles of conversations, and which. */
export function TitleSetting({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const change = useChangeSettings();
  const { titlesByModel } = settings;
  return (
    <div className="grid gap-3">
      <SettingSwitch
        label={t('settings.titles')}
        hint={t('settings.titlesHint')}
        checked={titlesByModel}
        onChange={(on) => change({ titlesByModel: on })}
      />
      {titlesByModel && <TitleModel settings={settings} />}
    </div>
  );
}

function TitleModel({ settings: { titleModel } }: { settings: Settings }) {
  const { t } = useTranslation();
  const change = useChangeSettings();
  const { data: all } = useQuery(orpc.connections.list.queryOptions());
  const connections = all?.filter(({ isDemo }) => !isDemo) ?? [];
  /** A connection whose model is still to be chosen. */
  const [begun, setBegun] = useState<string | null>(null);
  const wanted = begun ?? (titleModel === null ? OWN : String(titleModel.connectionId));
  const shown = connections.find(({ id }) => String(id) === wanted);
  const { data: catalogue } = useQuery(
    orpc.connections.catalogue.queryOptions({ input: shown ? { id: shown.id } : skipToken }),
  );
  if (!all) return null;
  const value = wanted === OWN ? OWN : shown ? wanted : GONE;
  const model = begun === null ? (titleModel?.model ?? null) : null;
  const choose = (next: string) => {
    const isKept = next === String(titleModel?.connectionId);
    setBegun(next === OWN || next === GONE || isKept ? null : next);
    if (next === OWN) change({ titleModel: null });
  };
  return (
    <div className="grid grid-cols-2 items-start gap-x-6 gap-y-4 compact:grid-cols-1">
      <Select
        label={t('settings.titleConnection')}
        value={value}
        options={[
          { value: OWN, label: t('settings.titleOwn') },
          ...connections.map(({ id, name }) => ({ value: String(id), label: name })),
          ...(value === GONE ? [{ value: GONE, label: t('settings.titleGone') }] : []),
        ]}
        onChange={choose}
        hint={value === GONE ? t('settings.titleGoneHint') : t('settings.titleConnectionHint')}
      />
      {shown && (
        <div>
          <p aria-hidden="true" className="mb-1 text-12 font-medium text-text-2">
            {t('settings.titleModel')}
          </p>
          <Picker
            label={t('settings.titleModel')}
            variant="field"
            side="bottom"
            wide
            value={model}
            options={(catalogue?.models ?? [])
              .toSorted((a, b) => Number(b.favourite) - Number(a.favourite))
              .map(({ id }) => ({ value: id, label: id }))}
            onChange={(name) => {
              setBegun(null);
              change({ titleModel: { connectionId: shown.id, model: name } });
            }}
            placeholder={t('composer.chooseModel')}
            searchLabel={t('parameters.searchOrType')}
            emptyText={t('parameters.typeOne')}
            freeText={(text) => t('composer.useTyped', { text })}
          />
        </div>
      )}
    </div>
  );
}
