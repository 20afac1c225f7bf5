import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MonthForecast } from '../../shared/contract/budget';
import { nano } from '../../shared/money';
import { orpc } from '../rpc/client';
import { useToday } from '../state/today';
import { dayName, monthName, usd, usdRange } from '../ui/format';
import { Meter, type MeterPart } from '../ui/meter';
import { gaugeOf, limitText, percentSpent, shareOf, spentOf, spentText } from './budget-figures';
import { useWholeBudget } from './use-budgets';

/** The budget of this month on the page of spending, and what the month is expected to cost. */
export function BudgetCell({ demo }: { demo: boolean }) {
  const { t } = useTranslation();
  const today = useToday();
  const standing = useWholeBudget('month');
  const { data: outlook } = useQuery({ ...orpc.budgets.month.queryOptions(), enabled: !demo });
  const month = monthName(today, today);
  const forecast = outlook?.forecast ?? null;
  const spent = standing ? spentOf(standing) : (outlook?.spent ?? nano(0n));
  return (
    <section
      aria-label={t('budgets.cell')}
      className="min-w-0 border-l border-line-soft py-4 pr-6 pl-6 compact:pr-4 compact:pl-4"
    >
      <h2 className="flex justify-between gap-2 text-12 font-medium whitespace-nowrap text-text-2">
        <span className="truncate compact:hidden">{t('budgets.monthBudget', { month })}</span>
        <span className="hidden compact:inline">{t('budgets.cell')}</span>
        {!demo && (
          <span className="figures font-semibold text-text">
            {standing ? spentText(standing) : usd(spent, 2)}
            {standing && (
              <span className="font-normal text-text-3">
                {' '}
                {t('budgets.ofLimit', { limit: limitText(standing.budget.limit) })}
              </span>
            )}
          </span>
        )}
      </h2>
      {standing && !demo && (
        <Meter
          large
          className="my-3"
          label={t('budgets.percentOf', { percent: percentSpent(standing), month })}
          mark={gaugeOf(standing).mark}
          parts={[...gaugeOf(standing).parts, ...expected(spent, forecast, standing.budget.limit)]}
        />
      )}
      <div className="mt-2 flex flex-wrap gap-x-2 text-12 text-text-2">
        {demo ? (
          <span>{t('budgets.notDemo')}</span>
        ) : (
          <>
            {outlook && (
              <Expected
                forecast={forecast}
                lastDay={dayName(Date.parse(`${outlook.lastDay}T12:00`))}
              />
            )}
            <a
              href={
                standing ? `#/settings/budgets/${standing.budget.id}` : '#/settings/budgets/new'
              }
              className="ml-auto rounded-1 whitespace-nowrap text-text-3 hover:underline compact:ml-0"
            >
              {standing
                ? t(standing.budget.stops ? 'budgets.stopsAt' : 'budgets.warnsAt', {
                    limit: limitText(
                      standing.budget.stops ? standing.budget.limit : standing.warnAt,
                    ),
                  })
                : t('budgets.setOne')}
            </a>
          </>
        )}
      </div>
    </section>
  );
}

function Expected({ forecast, lastDay }: { forecast: MonthForecast | null; lastDay: string }) {
  const { t } = useTranslation();
  if (!forecast) {
    return (
      <span className="text-text-3" title={t('budgets.noForecastWhy')}>
        {t('budgets.noForecast')}
      </span>
    );
  }
  const { low, middle, high } = forecast;
  return (
    <span title={t('budgets.between', { range: usdRange(low, high, 2) })}>
      {t('ui.about')} <span className="figures estimate">{usd(middle, 2)}</span>{' '}
      {t('budgets.by', { day: lastDay })}
    </span>
  );
}

/** What is still to come, as far as the bar has room for it. */
function expected(
  spent: bigint,
  forecast: MonthForecast | null,
  limit: bigint,
): readonly MeterPart[] {
  if (!forecast || spent >= limit) return [];
  const end = forecast.middle < limit ? forecast.middle : limit;
  return end > spent ? [{ share: shareOf(end - spent, limit), tone: 'hatch' }] : [];
}
