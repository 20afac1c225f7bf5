import { useTranslation } from 'react-i18next';
import type { SpendingFilter } from '../../../shared/contract/spending';
import { useToday } from '../../state/today';
import { dayOf, dayRange } from '../../ui/format';

/** Which rows a filter means, in words. */
export function useRangeText(filter: SpendingFilter): string {
  const { t } = useTranslation();
  const today = useToday();
  const { from, to, demo, only, sources, waste } = filter;
  const start = (day: string) => new Date(`${day}T00:00`).getTime();
  const end = to === null ? today : start(to);
  const range =
    from === null
      ? t('usageFile.until', { to: dayOf(end, today) })
      : t('usageFile.range', { days: dayRange(start(from), end, today) });
  const narrowed = Object.keys(only).length > 0 || sources !== undefined || waste !== undefined;
  return [demo && t('usageFile.demo'), range, narrowed && t('usageFile.narrowed')]
    .filter((part) => part !== false)
    .join(' ');
}
