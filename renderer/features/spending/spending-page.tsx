import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SpendingOverview } from '../../../shared/contract/app';
import { orpc } from '../../rpc/client';
import { useToday } from '../../state/today';
import { dayName, monthName } from '../../ui/format';
import { PageHeader } from '../../ui/page-header';
import { TotalCell } from './total-cell';

/** What was spent today and this month; the demo's money stands apart, because it is not real. */
export function SpendingPage() {
  const { t } = useTranslation();
  const { data: overview } = useQuery(orpc.app.spendingOverview.queryOptions());
  return (
    <>
      <PageHeader title={t('spending.title')} fit />
      <div className="min-h-0 flex-1 overflow-y-auto px-6 pb-6 [scrollbar-width:none]">
        <div className="mx-auto w-full max-w-[1440px]">
          {overview && <Totals overview={overview} />}
        </div>
      </div>
    </>
  );
}

function Totals({ overview }: { overview: SpendingOverview }) {
  const { t } = useTranslation();
  const today = useToday();
  const month = monthName(today, today);
  return (
    <>
      <div className="relative grid grid-cols-3 after:absolute after:-right-[100vw] after:bottom-0 after:-left-[100vw] after:h-px after:bg-line">
        <TotalCell label={month} total={overview.month} first />
        <TotalCell label={t('spending.today')} note={dayName(today)} total={overview.today} />
        <TotalCell
          label={t('spending.demo')}
          note={t('spending.demoNote', { month })}
          total={overview.demoMonth}
          second={{ label: t('spending.today'), total: overview.demoToday }}
        />
      </div>
      <p className="mt-6 max-w-(--measure) text-text-2">{t('spending.later')}</p>
    </>
  );
}
