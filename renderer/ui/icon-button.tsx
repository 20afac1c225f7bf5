import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cx } from './class-names';
import { Icon } from './icon';
import { ariaKeys } from './key-combination';
import { Tooltip, TooltipText } from './tooltip';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** The accessible name, and the words of the tooltip. */
  label: string;
  icon: LucideIcon;
  /** Shown in the tooltip, e.g. `Mod+N`. */
  shortcut?: string | undefined;
  /** A 14 px drawing. */
  small?: boolean;
  side?: 'top' | 'bottom' | 'left' | 'right';
}

/** A square button with a drawing. */
export function IconButton({
  label,
  icon,
  shortcut,
  small = false,
  side = 'bottom',
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip side={side} content={<TooltipText label={label} shortcut={shortcut} />}>
      <button
        type="button"
        aria-label={label}
        aria-keyshortcuts={shortcut && ariaKeys(shortcut)}
        className={cx(
          'grid size-7 flex-none place-items-center rounded-2 text-text-2 transition-colors duration-(--m-fast) enabled:hover:bg-surface-hover disabled:text-text-disabled aria-expanded:bg-surface-active aria-expanded:text-text aria-pressed:bg-surface-active aria-pressed:text-text',
          className,
        )}
        {...rest}
      >
        <Icon icon={icon} small={small} />
      </button>
    </Tooltip>
  );
}
