import type { ReactNode } from 'react';
import { cx } from './class-names';

export interface LeaderRowProps {
  label: ReactNode;
  children: ReactNode;
  /** The sum of the rows above it. */
  total?: boolean;
  className?: string;
}

/** A label, dots, and the figure they lead to. Only where money or a measurement is stated. */
export function LeaderRow({ label, children, total = false, className }: LeaderRowProps) {
  return (
    <div className={cx('figures flex h-6 items-baseline gap-1.5 text-12 leading-6', className)}>
      <span className={total ? 'font-medium text-text' : 'text-text-3'}>{label}</span>
      <span className="leader-dots min-w-3 flex-1" aria-hidden="true" />
      <span className={cx('text-text', total ? 'font-semibold' : 'font-medium')}>{children}</span>
    </div>
  );
}
