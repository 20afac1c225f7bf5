import { useTranslation } from 'react-i18next';
import type { ConnectionActivity } from '../../../shared/contract/connection';
import { cx } from '../../ui/class-names';
import { count } from '../../ui/format';
import { sparkBars } from './activity';

const SLOTS = 24;

const TONES = {
  plain: 'bg-perforation',
  warn: 'bg-warn-fill',
  danger: 'bg-danger-fill',
  none: 'border-b border-line-strong',
} as const;

/** The last requests: how long each took, and which failed. */
export function Sparkline({ recent }: { recent: ConnectionActivity['recent'] }) {
  const { t } = useTranslation();
  const shown = recent.slice(-SLOTS);
  const failed = shown.filter((request) => request.failed).length;
  return (
    <span
      role="img"
      aria-label={t('settings.lastRequests', {
        count: shown.length,
        text: count(shown.length),
        failed: count(failed),
      })}
      className="grid h-4 grid-cols-[repeat(24,4px)] items-end gap-0.5"
    >
      {sparkBars(recent, SLOTS).map(({ height, tone }, index) => (
        <i
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
          key={index}
          style={{ height: tone === 'none' ? 1 : `${Math.round(height * 100)}%` }}
          className={cx(tone !== 'none' && 'rounded-[1px]', TONES[tone])}
        />
      ))}
    </span>
  );
}
