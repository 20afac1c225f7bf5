import { useQuery } from '@tanstack/react-query';
import type { Total } from '../../../shared/money';
import { orpc } from '../../rpc/client';
import { useToday } from '../../state/today';
import { monthName } from '../../ui/format';

/** What was spent this month, and what the month is called; null while it is being read. */
export function useMonth(isDemo: boolean): { total: Total | null; name: string } {
  const { data } = useQuery(orpc.app.spendingOverview.queryOptions());
  const today = useToday();
  const total = (isDemo ? data?.demoMonth : data?.month) ?? null;
  return { total, name: monthName(today, today) };
}
