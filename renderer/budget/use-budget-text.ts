import { useTranslation } from 'react-i18next';
import type { Budget } from '../../shared/budget';
import { useToday } from '../state/today';
import { monthName } from '../ui/format';
import { limitText } from './budget-figures';

/** How sentences speak of a budget. */
export interface BudgetText {
  /** What it is for: "Research", "All spending". */
  readonly name: (budget: Budget) => string;
  /** "$0.50 a day". */
  readonly limit: (budget: Pick<Budget, 'limit' | 'period'>) => string;
  /** "Spent today with Research". */
  readonly spent: (budget: Budget) => string;
}

export function useBudgetText(): BudgetText {
  const { t } = useTranslation();
  const today = useToday();
  return {
    name: ({ scope, name }) => (scope.kind === 'all' ? t('budgets.everything') : name),
    limit: ({ limit, period }) => t(`budgets.limits.${period}`, { limit: limitText(limit) }),
    spent: ({ scope, period, name }) =>
      t(`budgets.spentIn.${scope.kind}`, {
        when: t(`budgets.spent.${period}`, { month: monthName(today, today) }),
        name,
      }),
  };
}
