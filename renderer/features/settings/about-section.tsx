import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../rpc/client';
import { Button } from '../../ui/button';
import { LogoMark } from '../../ui/logo';
import { SectionHeading } from './section-heading';
import { UpdatesSetting } from './updates-setting';

/** Few ever look. */
const LicencesDialog = lazy(async () => ({
  default: (await import('./licences-dialog')).LicencesDialog,
}));

/** Which Slice this is, and where it keeps what it knows. */
export function AboutSection() {
  const { t } = useTranslation();
  const { data: info } = useQuery(orpc.app.info.queryOptions());
  const [opened, setOpened] = useState(false);
  const [open, setOpen] = useState(false);
  if (!info) return null;
  return (
    <>
      <SectionHeading title={t('settings.about')} />
      <div className="rounded-3 border border-line bg-surface-raised p-4">
        <p className="flex items-center gap-2 font-medium">
          <LogoMark />
          {t('settings.version', { version: info.version })}
        </p>
        <dl className="mt-3 grid grid-cols-[112px_minmax(0,1fr)] gap-x-4 gap-y-1">
          <dt className="text-text-3">{t('settings.dataFolder')}</dt>
          <dd className="font-mono text-12 leading-5 break-all select-text">{info.dataFolder}</dd>
          <dt className="text-text-3">{t('settings.runtime')}</dt>
          <dd>Electron {info.electron}</dd>
        </dl>
        <p className="mt-3 text-12 text-text-3">{t('settings.privacy')}</p>
        <div className="mt-3">
          <Button
            onClick={() => {
              setOpened(true);
              setOpen(true);
            }}
          >
            {t('settings.licences')}
          </Button>
        </div>
      </div>
      <UpdatesSetting />
      {opened && (
        <Suspense>
          <LicencesDialog open={open} onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  );
}
