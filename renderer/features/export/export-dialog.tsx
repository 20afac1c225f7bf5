import { useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Grouping, SpendingFilter } from '../../../shared/contract/spending';
import type { UsageWritten } from '../../../shared/contract/usage-file';
import { client, orpc } from '../../rpc/client';
import { useChangeSettings } from '../../state/change-settings';
import { fileProblemKey } from '../../state/file-problem';
import { useFileSaving } from '../../state/file-saving';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { count, usd } from '../../ui/format';
import { ProgressBar } from '../../ui/progress-bar';
import { notify } from '../../ui/toaster';
import { ExportForm } from './export-form';
import { useRangeText } from './use-range-text';

/** Decimals of a sum on the page. */
const DECIMALS = 6;

/** What a page shows of the ledger. */
export interface ShownRows {
  filter: SpendingFilter;
  groupBy: Grouping;
}

interface ExportDialogProps extends ShownRows {
  onClose: () => void;
}

/** How the file is written, and how far it is. */
export function ExportDialog({ filter, groupBy, onClose }: ExportDialogProps) {
  const { t } = useTranslation();
  const range = useRangeText(filter);
  const { data: settings } = useQuery(orpc.app.settings.queryOptions());
  const change = useChangeSettings();
  const saved = ({ rows, sum, id }: UsageWritten & { readonly id: number }) => {
    onClose();
    notify({
      text: t('usageFile.saved', { count: rows, rows: count(rows), sum: usd(sum, DECIMALS) }),
      icon: Check,
      action: {
        label: t('usageFile.show'),
        onSelect: () => {
          client.usageFiles.show({ id }).catch(() => notify({ text: t('usageFile.notShown') }));
        },
      },
    });
  };
  const { state, start, cancel } = useFileSaving(client.usageFiles.save, saved);
  if (!settings) return null;
  const form = settings.usageFile;
  const busy = state.step === 'asking' || state.step === 'writing';
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (open) return;
        cancel();
        onClose();
      }}
      title={t('usageFile.title')}
      description={range}
      actions={
        <>
          <Button onClick={busy ? cancel : onClose}>{t('usageFile.cancel')}</Button>
          <Button
            variant="ink"
            disabled={busy}
            onClick={() => void start({ ...form, filter, groupBy })}
          >
            {t('usageFile.save')}
          </Button>
        </>
      }
    >
      <ExportForm
        form={form}
        groupBy={groupBy}
        disabled={busy}
        onChange={(part) => change({ usageFile: { ...form, ...part } })}
      />
      {state.step === 'writing' && (
        <ProgressBar
          label={t('usageFile.writing')}
          done={state.rows}
          of={state.of}
          text={t('usageFile.progress', { rows: count(state.rows), of: count(state.of) })}
        />
      )}
      {state.step === 'failed' && (
        <p role="alert" className="mt-4 text-danger">
          {t(fileProblemKey(state.failure))}
        </p>
      )}
    </Dialog>
  );
}
