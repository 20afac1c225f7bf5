import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc } from '../../rpc/client';
import { notify } from '../../ui/toaster';
import { SectionHeading } from './section-heading';
import { SettingSwitch } from './setting-switch';
import { TeamDelivery } from './team-delivery';
import { TeamForm } from './team-form';
import { showTelemetry } from './team-state';

/** Whether a collector of one's own is told of each answer's numbers, where it is, and how it goes. */
export function TeamSection() {
  const { t } = useTranslation();
  const { data: state } = useQuery(orpc.telemetry.state.queryOptions());
  const [addressAsked, setAddressAsked] = useState(0);
  const [unsaved, setUnsaved] = useState(false);
  if (!state) return null;
  const turn = async (on: boolean) => {
    if (on && state.endpoint === '') {
      setAddressAsked((times) => times + 1);
      return;
    }
    try {
      showTelemetry(await client.telemetry.change({ on }));
    } catch {
      notify({ text: t('team.notSaved') });
    }
  };
  return (
    <>
      <SectionHeading title={t('settings.team')} />
      <p className="mb-4 max-w-(--measure) text-text-2">{t('team.about')}</p>
      <div className="grid gap-4">
        <SettingSwitch
          label={t('team.on')}
          hint={t('team.onHint')}
          checked={state.on}
          onChange={(on) => void turn(on)}
        />
        <TeamForm state={state} addressAsked={addressAsked} onUnsaved={setUnsaved} />
        {/* What was found out of another address is said no more. */}
        <TeamDelivery key={state.endpoint} state={state} unsaved={unsaved} />
      </div>
    </>
  );
}
