import { useTranslation } from 'react-i18next';
import { count } from '../../ui/format';

export interface ExportProgressProps {
  rows: number;
  of: number;
}

/** How many rows are written. */
export function ExportProgress({ rows, of }: ExportProgressProps) {
  const { t } = useTranslation();
  const text = t('usageFile.progress', { rows: count(rows), of: count(of) });
  return (
    <div className="mt-4">
      <div
        role="progressbar"
        aria-label={t('usageFile.writing')}
        aria-valuemin={0}
        aria-valuemax={of}
        aria-valuenow={rows}
        aria-valuetext={text}
        className="h-1 rounded-[2px] bg-surface-active"
      >
        <div
          className="h-full rounded-[2px] bg-text-2"
          style={{ width: `${of === 0 ? 100 : (rows / of) * 100}%` }}
        />
      </div>
      <p className="figures mt-1 text-12 text-text-2">{text}</p>
    </div>
  );
}
