import type { ComponentProps, ReactNode } from 'react';
import { cx } from './class-names';

export interface GaugeProps extends Omit<ComponentProps<'div'>, 'children'> {
  label: ReactNode;
  children: ReactNode;
}

/** One figure with its label above it, divided from its neighbour by a hairline. */
export function Gauge({ label, children, className, ...rest }: GaugeProps) {
  return (
    <div
      className={cx(
        'flex h-full flex-col justify-center border-l border-line-soft px-4 compact:px-3',
        className,
      )}
      {...rest}
    >
      <span className="text-11 whitespace-nowrap text-text-3">{label}</span>
      <span className="flex items-center gap-2 text-13 leading-4 font-semibold whitespace-nowrap">
        {children}
      </span>
    </div>
  );
}
