import { useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { client, orpc } from '../rpc/client';
import { Banner } from '../ui/banner';
import { Button } from '../ui/button';

/** Says on every page that the app runs in safe mode, and ends it. */
export function SafeModeNotice() {
  const { t } = useTranslation();
  const { data: info } = useQuery(orpc.app.info.queryOptions());
  if (!info?.safeMode) return null;
  return (
    <Banner
      icon={ShieldCheck}
      title={t('safeMode.title')}
      action={
        <Button size="sm" onClick={() => void client.app.startAnew({ safeMode: false })}>
          {t('safeMode.action')}
        </Button>
      }
    >
      {t('safeMode.text')}
    </Banner>
  );
}
