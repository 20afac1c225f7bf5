import './billing.css';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { BillingConnection } from '../../../shared/contract/billing';
import { orpc } from '../../rpc/client';
import { Button } from '../../ui/button';
import { PageHeader } from '../../ui/page-header';
import { BilledConnection } from './billed-connection';

/** What servers say they charged, beside what the ledger has. */
export function BillingPage() {
  const { t } = useTranslation();
  const { data: connections, isError } = useQuery(orpc.billing.connections.queryOptions());
  const withHistory = connections?.filter(({ hindrance }) => hindrance !== 'no_history') ?? [];
  const without = connections?.filter(({ hindrance }) => hindrance === 'no_history') ?? [];
  return (
    <>
      <PageHeader title={t('billing.title')} fit>
        <Button variant="quiet" asChild>
          <a href="#/spending">{t('billing.back')}</a>
        </Button>
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto px-6 pb-6">
        <div className="mx-auto w-full max-w-[1440px]">
          {isError && (
            <p role="alert" className="mt-6 text-danger">
              {t('billing.notRead')}
            </p>
          )}
          {connections && withHistory.length === 0 && <Nothing without={without} />}
          {withHistory.length > 0 && (
            <p className="mt-6 max-w-(--measure) text-text-2">{t('billing.intro')}</p>
          )}
          {withHistory.map((connection) => (
            <BilledConnection key={connection.connectionId} connection={connection} />
          ))}
          {withHistory.length > 0 && without.length > 0 && (
            <p className="mt-8 max-w-(--measure) text-text-3">{withoutText(without, t)}</p>
          )}
        </div>
      </div>
    </>
  );
}

function withoutText(without: readonly BillingConnection[], t: TFunction): string {
  const names = without.map(({ name }) => name).join(', ');
  return t('billing.without', { names });
}

function Nothing({ without }: { without: readonly BillingConnection[] }) {
  const { t } = useTranslation();
  return (
    <div className="mt-16 max-w-(--measure)">
      <h2 className="text-18 font-semibold">{t('billing.nothingTitle')}</h2>
      <p className="mt-1 text-text-2">{t('billing.nothingText')}</p>
      {without.length > 0 && <p className="mt-1 text-text-2">{withoutText(without, t)}</p>}
      <Button className="mt-4" variant="ink" asChild>
        <a href="#/settings/connections">{t('billing.connections')}</a>
      </Button>
    </div>
  );
}
