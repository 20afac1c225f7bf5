import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BucketSize } from '../../../shared/contract/spending';
import { useWholeBudget } from '../../budget/use-budgets';
import { usd } from '../../ui/format';
import type { BarLimit } from '../../ui/stacked-bars';
import { isNarrowed, type SpendingPlace } from './spending-place';

/** What a day or a month may cost in all, where a bar is one of them and shows all of it. */
export function useChartLimit(
  place: SpendingPlace,
  demo: boolean,
  bucket: BucketSize,
): BarLimit | null {
  const { t } = useTranslation();
  const day = useWholeBudget('day');
  const month = useWholeBudget('month');
  const standing = bucket === 'day' ? day : bucket === 'month' ? month : null;
  const whole = !demo && !isNarrowed(place);
  return useMemo(() => {
    if (standing === null || !whole) return null;
    const { budget, warnAt } = standing;
    const amount = budget.stops ? budget.limit : warnAt;
    const what = t(`spending.limit.${budget.period === 'month' ? 'month' : 'day'}`);
    const kind = budget.stops ? 'spending.limit.stops' : 'spending.limit.warns';
    return { amount, text: t(kind, { what, amount: usd(amount, 2) }) };
  }, [standing, whole, t]);
}
