import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BillingConnection } from '../../../shared/contract/billing';
import { client } from '../../rpc/client';
import { Button } from '../../ui/button';
import { count } from '../../ui/format';
import { Spinner } from '../../ui/spinner';

type ImportProgressProps = Pick<BillingConnection, 'connectionId' | 'name'> &
  NonNullable<BillingConnection['running']>;

/** How far an import is, and the way to stop it. */
export function ImportProgress({ connectionId, name, rows, waitsUntil }: ImportProgressProps) {
  const { t } = useTranslation();
  return (
    <div className="flex items-center gap-3">
      <Spinner />
      <div className="figures text-12 text-text-2">
        <span role="status">{t('billing.reading', { count: rows, text: count(rows) })}</span>
        {waitsUntil !== null && <Wait name={name} until={waitsUntil} />}
      </div>
      <Button onClick={() => void client.billing.stop({ connectionId })}>
        {t('billing.stop')}
      </Button>
    </div>
  );
}

const SECOND_MS = 1000;

function Wait({ name, until }: { name: string; until: number }) {
  const { t } = useTranslation();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  const left = Math.max(0, Math.ceil((until - now) / SECOND_MS));
  return <span className="block">{t('billing.waits', { name, count: left })}</span>;
}
