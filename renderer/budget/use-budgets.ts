import { useQuery } from '@tanstack/react-query';
import type { BudgetStanding } from '../../shared/budget';
import { orpc } from '../rpc/client';

const NONE: readonly BudgetStanding[] = [];

/** Every budget as it stands now; none while they are being read. */
export function useBudgets(): readonly BudgetStanding[] {
  return useQuery(orpc.budgets.list.queryOptions()).data ?? NONE;
}

/** The budget of everything for a day or a month; null where there is none. */
export function useWholeBudget(period: 'day' | 'month'): BudgetStanding | null {
  const budgets = useBudgets();
  return (
    budgets.find(({ budget }) => budget.scope.kind === 'all' && budget.period === period) ?? null
  );
}
