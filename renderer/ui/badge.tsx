import type { ReactNode } from 'react';
import { cx } from './class-names';

export type BadgeTone = 'plain' | 'live' | 'warn' | 'danger';

const TONES: Readonly<Record<BadgeTone, string>> = {
  plain: 'bg-surface-active text-text-2',
  live: 'bg-accent-soft text-accent-text',
  warn: 'bg-warn-soft text-warn',
  danger: 'bg-danger-soft text-danger',
};

/** A word or a number on a tint. */
export function Badge({
  tone = 'plain',
  children,
  className,
}: {
  tone?: BadgeTone;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span className={cx('figures rounded-1 px-[5px] text-11 font-medium', TONES[tone], className)}>
      {children}
    </span>
  );
}
