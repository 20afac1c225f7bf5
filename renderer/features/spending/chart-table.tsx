import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SpendingReport } from '../../../shared/contract/spending';
import { nano, ZERO_USD } from '../../../shared/money';
import { count, usd } from '../../ui/format';
import type { ChartBar, NamedSeries } from './chart-bars';

export interface ChartTableProps {
  label: string;
  bars: readonly ChartBar[];
  series: readonly NamedSeries[];
  report: SpendingReport;
}

/** The chart for those who do not see it: a row for each bar in which something was spent. */
export const ChartTable = memo(function ChartTable(props: ChartTableProps) {
  const { label, bars, series, report } = props;
  const { t } = useTranslation();
  const rows = report.buckets.flatMap(({ unknown, start }, at) => {
    const sum = report.sum.trend[at] ?? ZERO_USD;
    return unknown > 0 || sum !== 0n ? [{ start, at, unknown, sum }] : [];
  });
  return (
    <table className="sr-only" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t('spending.chartTime')}</th>
          {series.map(({ key, name }) => (
            <th key={key ?? 'other'} scope="col">
              {name}
            </th>
          ))}
          <th scope="col">{t('spending.columns.unknown')}</th>
          <th scope="col">{t('spending.total')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ start, at, unknown, sum }) => (
          <tr key={start}>
            <th scope="row">{bars[at]?.title}</th>
            {series.map(({ key, amounts }) => (
              <td key={key ?? 'other'}>{usd(nano(amounts[at] ?? 0n), 6)}</td>
            ))}
            <td>{count(unknown)}</td>
            <td>{usd(sum, 6)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
});
