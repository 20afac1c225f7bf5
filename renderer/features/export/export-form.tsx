import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Grouping } from '../../../shared/contract/spending';
import type { UsageFileForm } from '../../../shared/contract/usage-file';
import { Segmented } from '../../ui/segmented';
import { Switch } from '../../ui/switch';

export interface ExportFormProps {
  form: UsageFileForm;
  groupBy: Grouping;
  disabled: boolean;
  onChange: (change: Partial<UsageFileForm>) => void;
}

/** How a file is to be written. */
export function ExportForm({ form, groupBy, disabled, onChange }: ExportFormProps) {
  const { t } = useTranslation();
  const { kind, format, separator, marked } = form;
  const markId = useId();
  return (
    <div className="mt-4 grid gap-4">
      <Segmented
        label={t('usageFile.kind')}
        showLabel
        large
        disabled={disabled}
        value={kind}
        segments={[
          { value: 'runs', label: t('usageFile.kinds.runs') },
          { value: 'totals', label: t(`usageFile.totals.${groupBy}`) },
          { value: 'billing', label: t('usageFile.kinds.billing') },
        ]}
        onChange={(chosen) => onChange({ kind: chosen })}
      />
      {kind === 'billing' && (
        <p className="-mt-2 text-12 text-text-3">{t('usageFile.billingHint')}</p>
      )}
      <Segmented
        label={t('usageFile.format')}
        showLabel
        large
        disabled={disabled}
        value={format}
        segments={[
          { value: 'csv', label: 'CSV' },
          { value: 'jsonl', label: t('usageFile.jsonl') },
        ]}
        onChange={(chosen) => onChange({ format: chosen })}
      />
      {format === 'csv' && (
        <>
          <Segmented
            label={t('usageFile.separator')}
            showLabel
            large
            disabled={disabled}
            value={separator}
            segments={[
              { value: 'comma', label: t('usageFile.separators.comma') },
              { value: 'semicolon', label: t('usageFile.separators.semicolon') },
              { value: 'tab', label: t('usageFile.separators.tab') },
            ]}
            onChange={(chosen) => onChange({ separator: chosen })}
          />
          <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6">
            <label htmlFor={markId} className="font-medium">
              {t('usageFile.marked')}
            </label>
            <Switch
              id={markId}
              aria-describedby={`${markId}-hint`}
              checked={marked}
              disabled={disabled}
              onChange={(chosen) => onChange({ marked: chosen })}
              className="row-span-2"
            />
            <p id={`${markId}-hint`} className="text-12 text-text-3">
              {t('usageFile.markedHint')}
            </p>
          </div>
        </>
      )}
    </div>
  );
}
