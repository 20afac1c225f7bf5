import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { orpc } from '../rpc/client';
import { useChangeSettings } from '../state/change-settings';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';

/**
 * Where a conversation begins: asks once whether new versions are to be looked for, and later says that there
 * is one. An app that cannot be replaced says nothing.
 */
export function UpdateNotice() {
  const { t } = useTranslation();
  const [path] = useLocation();
  const { data: settings } = useQuery(orpc.app.settings.queryOptions());
  const { data: state } = useQuery(orpc.updates.state.queryOptions());
  const change = useChangeSettings();
  const [seen, setSeen] = useState<string | null>(null);
  if (path !== '/chat' || !settings || !state?.possible) return null;
  if (settings.looksForUpdates === null) {
    return (
      <section aria-label={t('updates.title')} className={LINE}>
        <p className="min-w-0 flex-1">{t('updates.question')}</p>
        <Button onClick={() => change({ looksForUpdates: true })}>{t('updates.yes')}</Button>
        <Button onClick={() => change({ looksForUpdates: false })}>{t('updates.no')}</Button>
      </section>
    );
  }
  const { step } = state;
  if ((step.at !== 'offered' && step.at !== 'ready') || step.offer.version === seen) return null;
  const { version } = step.offer;
  return (
    <section aria-label={t('updates.title')} className={LINE}>
      <p role="status" className="min-w-0 flex-1">
        {t('updates.found', { version })}
      </p>
      <Button asChild>
        <Link href="/settings/about">{t('updates.show')}</Link>
      </Button>
      <IconButton label={t('updates.later')} icon={X} small onClick={() => setSeen(version)} />
    </section>
  );
}

// At the foot: Windows draws its own buttons over the head.
const LINE =
  'flex min-h-10 flex-none items-center gap-2 border-t border-line bg-surface-side py-1 pr-3 pl-6 text-text-2';
