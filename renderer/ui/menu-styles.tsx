import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './class-names';
import { Icon } from './icon';
import { Kbd } from './kbd';

export const menuPanel =
  'floating z-50 min-w-44 overflow-hidden rounded-3 border border-line bg-surface-raised p-1 shadow-mid outline-none';

export const menuSeparator = '-mx-1 my-1 h-px bg-line-soft';

/** The looks of one line of a menu. */
export function menuItem(danger: boolean): string {
  return cx(
    'flex h-8 items-center gap-2 rounded-2 px-2 outline-none select-none data-disabled:text-text-disabled data-highlighted:bg-surface-active',
    danger && 'text-danger',
  );
}

export interface MenuItemContent {
  icon?: LucideIcon;
  shortcut?: string;
  children: ReactNode;
}

/** Drawing, words and keys of one line. */
export function MenuLine({ icon, shortcut, children }: MenuItemContent) {
  return (
    <>
      {icon !== undefined && <Icon icon={icon} small className="opacity-80" />}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {shortcut !== undefined && <Kbd keys={shortcut} className="pl-6" />}
    </>
  );
}
