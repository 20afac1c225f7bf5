import type { ComponentProps, ReactNode } from 'react';
import { cx } from './class-names';

interface Content {
  label: ReactNode;
  children: ReactNode;
}

export interface GaugeProps extends Omit<ComponentProps<'div'>, 'children'>, Content {}

const FRAME =
  'flex h-full flex-col justify-center border-l border-line-soft px-4 compact:px-3 whitespace-nowrap';

/** One figure with its label above it, divided from its neighbour by a hairline. */
export function Gauge({ label, children, className, ...rest }: GaugeProps) {
  return (
    <div className={cx(FRAME, className)} {...rest}>
      <Figure label={label}>{children}</Figure>
    </div>
  );
}

export interface GaugeButtonProps extends Omit<ComponentProps<'button'>, 'children'>, Content {}

/** The same where there is more to see behind it. */
export function GaugeButton({ label, children, className, ...rest }: GaugeButtonProps) {
  return (
    <button
      type="button"
      className={cx(
        FRAME,
        'items-start -outline-offset-2 transition-colors duration-(--m-fast) hover:bg-surface-hover aria-expanded:bg-surface-active',
        className,
      )}
      {...rest}
    >
      <Figure label={label}>{children}</Figure>
    </button>
  );
}

function Figure({ label, children }: Content) {
  return (
    <>
      <span className="text-11 text-text-3">{label}</span>
      <span className="flex items-center gap-2 text-13 leading-4 font-semibold">{children}</span>
    </>
  );
}
