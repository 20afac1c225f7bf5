import type { LucideIcon } from 'lucide-react';
import { cx } from './class-names';

export interface IconProps {
  icon: LucideIcon;
  /** 14 px instead of 16. */
  small?: boolean;
  className?: string;
}

/** A drawing without a meaning of its own; whatever holds it has the name. */
export function Icon({ icon: Drawing, small = false, className }: IconProps) {
  return (
    <Drawing
      aria-hidden="true"
      size={small ? 14 : 16}
      strokeWidth={small ? 1.75 : 1.6}
      className={cx('flex-none', className)}
    />
  );
}
