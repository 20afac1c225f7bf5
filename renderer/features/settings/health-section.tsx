import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HealthState } from '../../../shared/contract/health';
import { client, orpc } from '../../rpc/client';
import { Button } from '../../ui/button';
import { fileSize } from '../../ui/file-size';
import { LeaderRow } from '../../ui/leader-row';
import { DiagnosticsDialog } from './diagnostics-dialog';
import { HealthConnections } from './health-connections';
import { BackupRow, KeysRow, RoomRow, SavingRow } from './health-facts';
import { SectionHeading } from './section-heading';
import { checkAll, StoreChecks } from './store-checks';

/** How things are: the store, the disk, the keys, the servers; and what to do when something is wrong. */
export function HealthSection() {
  const { t } = useTranslation();
  // Sizes and room change without anybody saying so.
  const { data: state } = useQuery(orpc.health.state.queryOptions({ staleTime: 0 }));
  if (!state) return null;
  const running = state.running.length > 0;
  return (
    <>
      <SectionHeading title={t('settings.health')}>
        <Button aria-busy={running} disabled={running} onClick={() => void checkAll()}>
          {t('health.checkAll')}
        </Button>
      </SectionHeading>
      <p className="mb-4 max-w-(--measure) text-text-2">{t('health.about')}</p>
      <ul
        aria-label={t('health.list')}
        className="overflow-hidden rounded-3 border border-line bg-surface-raised"
      >
        <SavingRow />
        <StoreChecks state={state} />
        <RoomRow room={state.room} />
        <BackupRow />
        <KeysRow />
      </ul>
      <HealthConnections />
      <Sizes sizes={state.sizes} />
      <Help />
    </>
  );
}

const SIZES = ['store', 'wal', 'attachments', 'backups'] as const;

function Sizes({ sizes }: { sizes: HealthState['sizes'] }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('health.sizes')} className="mt-6 max-w-[320px]">
      <h3 className="mb-1 text-13 font-semibold">{t('health.sizes')}</h3>
      {SIZES.map((name) => (
        <LeaderRow key={name} label={t(`health.size.${name}`)}>
          {fileSize(sizes[name])}
        </LeaderRow>
      ))}
    </section>
  );
}

function Help() {
  const { t } = useTranslation();
  const { data: info } = useQuery(orpc.app.info.queryOptions());
  const [showing, setShowing] = useState(false);
  const safe = info?.safeMode ?? false;
  return (
    <section aria-label={t('health.help')} className="mt-6">
      <h3 className="mb-2 text-13 font-semibold">{t('health.help')}</h3>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setShowing(true)}>{t('health.show')}</Button>
        <Button onClick={() => void client.app.startAnew({ safeMode: !safe })}>
          {t(safe ? 'native.menu.usualMode' : 'native.menu.safeMode')}
        </Button>
      </div>
      <dl className="mt-2 max-w-(--measure) text-12 text-text-3">
        <dt className="sr-only">{t('health.diagnostics')}</dt>
        <dd>{t('health.diagnosticsAbout')}</dd>
        <dt className="sr-only">{t('health.safeMode')}</dt>
        <dd className="mt-1">{t('health.safeModeAbout')}</dd>
      </dl>
      {showing && <DiagnosticsDialog onClose={() => setShowing(false)} />}
    </section>
  );
}
