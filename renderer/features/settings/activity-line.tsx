import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Connection, ConnectionReport } from '../../../shared/contract/connection';
import { orpc } from '../../rpc/client';
import { count, milliseconds, moment } from '../../ui/format';
import { type ActivityPart, activityParts } from './activity';
import { Sparkline } from './sparkline';

export interface ActivityLineProps {
  connection: Connection;
  report: ConnectionReport | undefined;
  testing: boolean;
}

/** How a connection does, at a glance. */
export function ActivityLine({ connection, report, testing }: ActivityLineProps) {
  const { t } = useTranslation();
  const { data: activity } = useQuery(
    orpc.connections.activity.queryOptions({ input: { id: connection.id } }),
  );
  const parts = activityParts(connection, activity, report);
  const now = Date.now();
  return (
    <div className="min-w-0">
      <div className="compact:hidden">
        <Sparkline recent={activity?.recent ?? []} />
      </div>
      <small className="figures mt-1 block truncate text-12 text-text-3 compact:mt-0 compact:pl-[22px]">
        {testing ? t('settings.testing') : parts.map((part) => partText(part, now, t)).join(', ')}
      </small>
    </div>
  );
}

function partText(part: ActivityPart, now: number, t: TFunction): string {
  switch (part.kind) {
    case 'latency':
      return milliseconds(part.ms);
    case 'failed':
      return t('settings.activity.failed', {
        failed: count(part.failed),
        requests: count(part.requests),
      });
    case 'requests':
      return t('settings.activity.requests', { count: part.requests, text: count(part.requests) });
    case 'refusedSince':
    case 'failingSince':
    case 'offlineSince':
      return t(`settings.activity.${part.kind}`, { since: moment(part.at, now) });
    case 'ready':
    case 'notRunning':
    case 'reached':
    case 'unchecked':
    case 'free':
    case 'noCost':
      return t(`settings.activity.${part.kind}`);
  }
}
