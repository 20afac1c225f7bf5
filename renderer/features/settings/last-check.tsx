import { useQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/contract/connection';
import { orpc } from '../../rpc/client';
import { Button } from '../../ui/button';
import { moment } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Spinner } from '../../ui/spinner';
import { CheckAlert } from './check-alert';
import { CheckRows } from './check-rows';
import { hostOf } from './connection-row';
import { useConnectionTest } from './connection-test';

export interface LastCheckProps {
  connection: Connection;
  /** What is tested is what is stored. */
  unsaved: boolean;
  onAddress: (url: string) => void;
  onCaFile: (path: string) => void;
}

/** What the last test of a connection found, and the next one. */
export function LastCheck({ connection, unsaved, onAddress, onCaFile }: LastCheckProps) {
  const { t } = useTranslation();
  const { report, testing, failure, start, cancel } = useConnectionTest(connection.id);
  const { data: activity } = useQuery(
    orpc.connections.activity.queryOptions({ input: { id: connection.id } }),
  );
  const found = report?.failure ?? failure;
  return (
    <section aria-label={t('check.title')} className="mt-4 border-t border-line pt-3">
      <div className="flex min-h-7 items-center gap-3">
        <h3 className="min-w-0 flex-1 text-13 font-semibold">
          {report ? t('check.titleAt', { when: moment(report.at, Date.now()) }) : t('check.title')}
          {unsaved && (
            <span className="pl-2 text-12 font-normal text-text-3">{t('check.unsaved')}</span>
          )}
        </h3>
        {testing && (
          <span role="status" className="flex items-center gap-2 text-12 text-text-2">
            <Spinner />
            {t('check.asking', { host: hostOf(connection) })}
          </span>
        )}
        {testing ? (
          <Button size="sm" onClick={cancel}>
            {t('check.cancel')}
          </Button>
        ) : (
          <Button size="sm" onClick={start}>
            <Icon icon={RefreshCw} small />
            {t('check.test')}
          </Button>
        )}
      </div>
      <div className={testing ? 'opacity-60' : undefined}>
        {found !== null && (
          <div className="mt-2 mb-3">
            <CheckAlert
              failure={found}
              host={hostOf(connection)}
              onAddress={onAddress}
              onCaFile={onCaFile}
            />
          </div>
        )}
        {report ? (
          <CheckRows report={report} costs={activity?.costs ?? 'unknown'} />
        ) : (
          <p className="mt-1 text-12 text-text-3">{t('check.none')}</p>
        )}
      </div>
    </section>
  );
}
