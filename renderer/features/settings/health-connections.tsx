import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Connection } from '../../../shared/contract/connection';
import { problemOfFailure } from '../../connection/problem';
import { orpc } from '../../rpc/client';
import { Button } from '../../ui/button';
import { milliseconds } from '../../ui/format';
import { hostOf } from './connection-row';
import { useConnectionTest } from './connection-test';
import { HealthRow } from './health-row';

/** Each connection with the test that costs nothing. */
export function HealthConnections() {
  const { t } = useTranslation();
  const { data: connections = [] } = useQuery(orpc.connections.list.queryOptions());
  if (connections.length === 0) return null;
  return (
    <section aria-label={t('health.connections')} className="mt-6">
      <h3 className="mb-2 text-13 font-semibold">{t('health.connections')}</h3>
      <ul className="overflow-hidden rounded-3 border border-line bg-surface-raised">
        {connections.map((connection) => (
          <ConnectionHealth key={connection.id} connection={connection} />
        ))}
      </ul>
    </section>
  );
}

function ConnectionHealth({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const { report, testing, failure, start, cancel } = useConnectionTest(connection.id);
  const { name, reachability } = connection;
  const found = report?.failure ?? failure;
  const host = hostOf(connection);
  const problem = found === null ? null : problemOfFailure(found);
  const latency = report?.latencyMs ?? reachability.latencyMs;
  const reached = report !== undefined || reachability.state === 'online';
  const value = () => {
    if (testing) return t('settings.testing');
    if (problem) {
      const { kind, header = '' } = problem;
      return t(`connection.problem.${kind}.what`, { host, header });
    }
    if (!reached) return t('settings.activity.unchecked');
    return latency === null ? t('settings.activity.reached') : milliseconds(latency);
  };
  return (
    <HealthRow
      mark={testing ? 'busy' : problem ? 'danger' : reached ? 'well' : 'unknown'}
      label={name}
      value={<span role="status">{value()}</span>}
      {...(problem && !testing
        ? {
            next: t(`connection.problem.${problem.kind}.next`, {
              host,
              url: problem.address ?? '',
            }),
          }
        : {})}
      action={
        <>
          {problem && !testing && (
            <Button size="sm" asChild>
              <Link
                href={`/settings/connections/${connection.id}`}
                aria-label={t('health.openOf', { name })}
              >
                {t('settings.connections')}
              </Link>
            </Button>
          )}
          {testing ? (
            <Button size="sm" onClick={cancel}>
              {t('check.cancel')}
            </Button>
          ) : (
            <Button size="sm" aria-label={t('health.testOf', { name })} onClick={start}>
              {t('settings.test')}
            </Button>
          )}
        </>
      }
    />
  );
}
