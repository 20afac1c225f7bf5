import { useTranslation } from 'react-i18next';
import type { ConnectionActivity, ConnectionReport } from '../../../shared/contract/connection';
import { count, milliseconds, moment } from '../../ui/format';
import { LeaderRow } from '../../ui/leader-row';

export interface CheckRowsProps {
  report: ConnectionReport;
  costs: ConnectionActivity['costs'];
}

/** What a test found out, row by row. What could not be found out says so. */
export function CheckRows({ report, costs }: CheckRowsProps) {
  const { t } = useTranslation();
  const { latencyMs, key, credit, models, proxy, certificate } = report;
  return (
    <div className="mt-2 grid grid-cols-2 gap-x-6 compact:grid-cols-1">
      <div className="min-w-0">
        <LeaderRow label={t('check.reached')}>
          {latencyMs === null ? t('check.notReached') : milliseconds(Math.round(latencyMs))}
        </LeaderRow>
        <LeaderRow label={t('check.key')}>{t(`check.keys.${key}`)}</LeaderRow>
        <LeaderRow label={t('check.credit')}>{t(`check.credits.${credit}`)}</LeaderRow>
        <LeaderRow label={t('check.models')}>
          {models === null ? t('check.notListed') : count(models)}
        </LeaderRow>
      </div>
      <div className="min-w-0">
        <LeaderRow label={t('check.costs')}>{t(`check.costWords.${costs}`)}</LeaderRow>
        <LeaderRow label={t('check.proxy')}>
          {proxy === null ? t('check.noProxy') : <Cut text={proxy} />}
        </LeaderRow>
        <LeaderRow label={t('check.certificate')}>
          {certificate === null ? t('check.noCertificate') : <Cut text={certificate.issuer} />}
        </LeaderRow>
        {certificate !== null && (
          <LeaderRow label={t('check.validUntil')}>{moment(certificate.validUntil, 0)}</LeaderRow>
        )}
      </div>
    </div>
  );
}

/** A name that may be longer than its row. */
function Cut({ text }: { text: string }) {
  return (
    <span title={text} className="inline-block max-w-60 truncate align-bottom">
      {text}
    </span>
  );
}
