import './spending.css';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { Grouping, SpendingExtent, SpendingFilter } from '../../../shared/contract/spending';
import { Button } from '../../ui/button';
import { EstimateNote } from './estimate-note';
import { NarrowingBar } from './narrowing-bar';
import { NothingSpent, NothingThen } from './nothing-spent';
import { RoutingComparison } from './routing-comparison';
import { RowsTable } from './rows-table';
import { SpendingCells } from './spending-cells';
import { SpendingChart } from './spending-chart';
import { SpendingHeader } from './spending-header';
import { filterOf, isNarrowed } from './spending-place';
import { SpendingTable } from './spending-table';
import {
  type ShownReport,
  useCalendarDay,
  useExtent,
  useIsDemo,
  useReport,
  useSpendingPlace,
} from './use-spending';

export interface SpendingPageProps {
  /** Saves what is shown; belongs to another feature. */
  exporting?: ComponentType<{ filter: SpendingFilter; groupBy: Grouping }>;
  /** What the budgets have left, as the second cell; belongs to another feature. */
  budget?: ComponentType<{ demo: boolean }>;
}

/** What was spent, over time and in groups, down to the single answer. */
export function SpendingPage({ exporting: Exporting, budget }: SpendingPageProps) {
  const { t } = useTranslation();
  const place = useSpendingPlace();
  const today = useCalendarDay();
  const demo = useIsDemo(place);
  const filter = filterOf(place, today, demo);
  const extent = useExtent();
  const { shown, isError, refetch } = useReport(place, filter);
  const nothing = extent && (demo ? extent.demo : extent.real) === null;
  return (
    <>
      <SpendingHeader place={place} demo={demo} today={today} hasDemo={extent?.demo != null}>
        {Exporting && <Exporting filter={filter} groupBy={place.groupBy} />}
      </SpendingHeader>
      <div
        id="spending"
        className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto px-6 pb-6 [scrollbar-width:none]"
      >
        <div className="mx-auto w-full max-w-[1440px]">
          {isError && (
            <div role="alert" className="mt-6 flex items-center gap-3 text-danger">
              {t('spending.failed')}
              <Button onClick={() => void refetch()}>{t('spending.tryAgain')}</Button>
            </div>
          )}
          {nothing && <NothingSpent demo={demo} />}
          {shown && extent && !nothing && (
            <Report {...shown} extent={extent} today={today} {...(budget ? { budget } : {})} />
          )}
        </div>
      </div>
    </>
  );
}

interface ReportProps extends ShownReport, Pick<SpendingPageProps, 'budget'> {
  extent: SpendingExtent;
  today: string;
}

function Report({ place, filter, report, extent, today, budget: Budget }: ReportProps) {
  return (
    <>
      <SpendingCells place={place} filter={filter} report={report} extent={extent}>
        {Budget && <Budget demo={filter.demo} />}
      </SpendingCells>
      <SpendingChart place={place} demo={filter.demo} report={report} />
      {(place.rows !== null || isNarrowed(place)) && (
        <NarrowingBar place={place} demo={filter.demo} report={report} />
      )}
      {report.sum.total.runs === 0 ? (
        <NothingThen place={place} />
      ) : place.rows !== null ? (
        <RowsTable place={place} today={today} demo={filter.demo} />
      ) : (
        <>
          <SpendingTable place={place} report={report} />
          {place.groupBy === 'routing' && <RoutingComparison filter={filter} />}
          <EstimateNote demo={filter.demo} />
        </>
      )}
    </>
  );
}
