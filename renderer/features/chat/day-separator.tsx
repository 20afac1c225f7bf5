import { useTranslation } from 'react-i18next';
import { dayOf, timeGroup } from '../../ui/format';

/** Between two messages of different days. */
export function DaySeparator({ ms }: { ms: number }) {
  const { t } = useTranslation();
  const now = Date.now();
  const group = timeGroup(ms, now);
  const known = group === 'today' || group === 'yesterday' ? t(`chat.${group}`) : null;
  return (
    <div className="thread-day">
      <time dateTime={new Date(ms).toISOString()}>{known ?? dayOf(ms, now)}</time>
    </div>
  );
}
