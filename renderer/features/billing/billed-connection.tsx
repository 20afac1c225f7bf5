import { useQuery } from '@tanstack/react-query';
import { CloudOff, KeyRound, TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { BillingConnection } from '../../../shared/contract/billing';
import { problemOfFailure } from '../../connection/problem';
import { ProblemText } from '../../connection/problem-text';
import { client, orpc } from '../../rpc/client';
import { failureOf } from '../../rpc/failure';
import { Alert } from '../../ui/alert';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { count, moment } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { notify } from '../../ui/toaster';
import { BillTables } from './bill-tables';
import { ImportProgress } from './import-progress';
import { ImportSlip } from './import-slip';

/** The bill of one connection: how far it was read, and what came of it. */
export function BilledConnection({ connection }: { connection: BillingConnection }) {
  const { connectionId, name, isDemo, hindrance, running, unfinished, failure, last } = connection;
  const { t } = useTranslation();
  const headingId = useId();
  const isBegun = unfinished !== null && unfinished > 0;
  const { data: report } = useQuery(
    orpc.billing.report.queryOptions({ input: { connectionId }, enabled: last !== null }),
  );
  const start = () =>
    client.billing.start({ connectionId }).catch((error: unknown) => {
      const { code } = failureOf(error);
      notify({ text: code === 'offline' ? t('billing.offline', { name }) : t('billing.notDone') });
    });
  return (
    <section aria-labelledby={headingId} className="mt-8">
      <div className="flex flex-wrap items-center gap-3 border-b border-line pb-3">
        <div className="min-w-0 flex-1">
          <h2 id={headingId} className="flex items-center gap-2 text-15 font-semibold">
            <span className="truncate">{name}</span>
            {isDemo && <Badge>{t('billing.demo')}</Badge>}
          </h2>
          <p className="figures text-12 text-text-3">
            {last
              ? t('billing.lastAt', { at: moment(last.finishedAt, Date.now()) })
              : t('billing.never')}
            {isBegun &&
              ` · ${t('billing.unfinished', { count: unfinished, text: count(unfinished) })}`}
          </p>
        </div>
        {running ? (
          <ImportProgress connectionId={connectionId} name={name} {...running} />
        ) : (
          <Button
            variant={last ? 'default' : 'ink'}
            disabled={hindrance !== null}
            onClick={() => void start()}
          >
            {isBegun ? t('billing.goOn') : t('billing.import')}
          </Button>
        )}
      </div>
      {hindrance === 'offline' && (
        <p className="mt-3 flex items-center gap-2 text-text-2">
          <Icon icon={CloudOff} className="text-warn" />
          {t('billing.offline', { name })}
        </p>
      )}
      {hindrance === 'no_key' && (
        <p className="mt-3 flex items-center gap-2 text-text-2">
          <Icon icon={KeyRound} className="text-warn" />
          <span>
            {t('billing.noKey', { name })}{' '}
            <a className="underline" href={`#/connect?connection=${connectionId}`}>
              {t('billing.enterKey')}
            </a>
          </span>
        </p>
      )}
      {failure && !running && (
        <Alert
          tone="warn"
          icon={TriangleAlert}
          label={t('billing.failedLabel')}
          title={t('billing.failed')}
          className="mt-4"
        >
          <p className="mt-1 ml-6 max-w-(--measure)">
            <ProblemText problem={problemOfFailure(failure)} host={name} />
          </p>
          <p className="mt-1 ml-6 text-text-2">{t('billing.kept')}</p>
        </Alert>
      )}
      {last && report && (
        <>
          <ImportSlip last={last} report={report} busy={running !== null} />
          <BillTables report={report} />
        </>
      )}
    </section>
  );
}
