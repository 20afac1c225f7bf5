import { useTranslation } from 'react-i18next';
import type { BillingImport, BillingReport } from '../../../shared/contract/billing';
import { client } from '../../rpc/client';
import { Button } from '../../ui/button';
import { count } from '../../ui/format';
import { LeaderRow } from '../../ui/leader-row';
import { Money } from '../../ui/money';
import { Perforation } from '../../ui/perforation';
import { notify } from '../../ui/toaster';
import { Billed } from './bill-tables';

export interface ImportSlipProps {
  last: BillingImport;
  report: BillingReport;
  /** Another import is being made. */
  busy: boolean;
}

/** What the last import found and changed, as a receipt, and the way back. */
export function ImportSlip({ last, report, busy }: ImportSlipProps) {
  const { t } = useTranslation();
  const { rows, skipped, certain, likely, filled } = last;
  const undo = () =>
    client.billing.undo({ importId: last.id }).then(
      () => notify({ text: t('billing.undone') }),
      () => notify({ text: t('billing.notDone') }),
    );
  return (
    <div className="mt-4">
      <Perforation />
      <div className="grid grid-cols-2 gap-x-10 pt-2">
        <div>
          <LeaderRow label={t('billing.newRows')}>{count(rows)}</LeaderRow>
          <LeaderRow label={t('billing.certain')}>{count(certain)}</LeaderRow>
          <LeaderRow label={t('billing.likely')}>{count(likely)}</LeaderRow>
          {skipped > 0 && <LeaderRow label={t('billing.skipped')}>{count(skipped)}</LeaderRow>}
        </div>
        <div>
          <LeaderRow
            label={t('billing.filled', { count: filled.count, text: count(filled.count) })}
            total
          >
            <Money amount={filled.sum} />
          </LeaderRow>
          <LeaderRow label={t('billing.differing')}>{count(report.differences.count)}</LeaderRow>
          <LeaderRow label={t('billing.othersSpent')}>
            <Billed {...report.others} />
          </LeaderRow>
          {report.open > 0 && <LeaderRow label={t('billing.open')}>{count(report.open)}</LeaderRow>}
        </div>
      </div>
      <div className="mt-3 flex items-center gap-3">
        <Button size="sm" disabled={busy} onClick={() => void undo()}>
          {t('billing.undo')}
        </Button>
        <span className="text-12 text-text-3">{t('billing.undoHint')}</span>
      </div>
    </div>
  );
}
