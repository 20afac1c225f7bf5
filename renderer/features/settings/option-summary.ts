import type { TFunction } from 'i18next';
import type { Connection } from '../../../shared/contract/connection';
import { DEFAULT_LIMITS } from '../../../shared/endpoint';
import { serviceOf } from '../../connection/services';

/** What of a connection differs from the usual, in a few words; empty when nothing does. */
export function optionSummary(connection: Connection, t: TFunction): string {
  const { auth, profile, headerNames, limits, proxy, caFile, roles, learned } = connection;
  const usual = JSON.stringify(limits) === JSON.stringify(DEFAULT_LIMITS);
  return [
    auth !== serviceOf(profile).auth && t(`settings.auths.${auth}`),
    headerNames.length > 0 && t('settings.someHeaders', { count: headerNames.length }),
    !usual && t('settings.ownLimits'),
    proxy.mode === 'url' && t('settings.ownProxy'),
    proxy.mode === 'none' && t('settings.withoutProxy'),
    caFile !== null && t('settings.ownCa'),
    roles !== 'any' && t('settings.turns'),
    learned.length > 0 && t('settings.someLearned', { count: learned.length }),
  ]
    .filter((part) => part !== false)
    .join(', ');
}
