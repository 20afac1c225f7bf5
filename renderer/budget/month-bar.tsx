import { useTranslation } from 'react-i18next';
import type { BudgetStanding } from '../../shared/budget';
import { Meter } from '../ui/meter';
import { gaugeOf, percentSpent } from './budget-figures';

/** The thin bar of the month's budget, with a tick where it begins to warn. */
export function MonthBar({ standing, month }: { standing: BudgetStanding; month: string }) {
  const { t } = useTranslation();
  const label = t('budgets.percentOf', { percent: percentSpent(standing), month });
  return <Meter label={label} {...gaugeOf(standing)} />;
}
