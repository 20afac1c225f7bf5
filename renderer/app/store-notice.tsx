import { useQuery } from '@tanstack/react-query';
import { Check, HardDrive } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { StoreTrouble } from '../../shared/contract/app';
import { orpc } from '../rpc/client';
import { Banner } from '../ui/banner';
import { notify } from '../ui/toaster';

/** Says on every page that answers cannot be saved, why, and what helps; and once that it is over. */
export function StoreNotice() {
  const { t } = useTranslation();
  const { data: trouble = null } = useQuery(orpc.app.storeTrouble.queryOptions());
  const before = useRef<StoreTrouble | null>(null);
  useEffect(() => {
    if (before.current !== null && trouble === null) {
      notify({ text: t('storeTrouble.over'), icon: Check });
    }
    before.current = trouble;
  }, [trouble, t]);
  if (trouble === null) return null;
  return (
    <Banner icon={HardDrive} title={t(`storeTrouble.${trouble}.title`)}>
      {t(`storeTrouble.${trouble}.text`)}
    </Banner>
  );
}
