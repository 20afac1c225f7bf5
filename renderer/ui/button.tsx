import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cx } from './class-names';

/**
 * `ink`: the primary action of a block that does not spend. `pay`: the one that spends. `quiet`: no
 * outline. `danger`: destroys something.
 */
export type ButtonVariant = 'default' | 'ink' | 'pay' | 'quiet' | 'danger';
export type ButtonSize = 'md' | 'sm';

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Gives the looks to the only child, e.g. a link. */
  asChild?: boolean;
}

const BASE =
  'inline-flex flex-none items-center justify-center whitespace-nowrap rounded-2 border font-medium transition-colors duration-(--m-fast) disabled:border-transparent disabled:bg-surface-active disabled:text-text-disabled aria-expanded:bg-surface-active aria-expanded:text-text';

const VARIANTS: Readonly<Record<ButtonVariant, string>> = {
  default: 'border-line-strong bg-surface-raised enabled:hover:bg-surface-side',
  ink: 'border-transparent bg-ink text-ink-text enabled:hover:opacity-90',
  pay: 'border-transparent bg-accent text-text-on-accent enabled:hover:bg-accent-hover',
  quiet: 'border-transparent text-text-2 enabled:hover:bg-surface-hover',
  danger: 'border-danger-line text-danger enabled:hover:bg-danger-soft',
};

const SIZES: Readonly<Record<ButtonSize, string>> = {
  md: 'h-8 gap-2 px-3 text-13',
  sm: 'h-7 gap-1.5 px-2 text-12',
};

/** A button with words. */
export function Button({
  variant = 'default',
  size = 'md',
  asChild = false,
  className,
  ...rest
}: ButtonProps) {
  const classes = cx(BASE, VARIANTS[variant], SIZES[size], className);
  if (asChild) return <Slot.Root className={classes} {...rest} />;
  return <button type="button" className={classes} {...rest} />;
}
