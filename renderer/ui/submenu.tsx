import { ChevronRight } from 'lucide-react';
import { DropdownMenu as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { Icon } from './icon';
import { type MenuItemContent, MenuLine, menuItem, menuPanel } from './menu-styles';

export interface SubmenuProps extends Omit<MenuItemContent, 'children'> {
  label: string;
  disabled?: boolean;
  children: ReactNode;
}

/** An entry of a menu that opens further entries beside it. */
export function Submenu({ label, disabled = false, children, ...line }: SubmenuProps) {
  return (
    <Primitive.Sub>
      <Primitive.SubTrigger className={menuItem(false)} disabled={disabled}>
        <MenuLine {...line}>{label}</MenuLine>
        <Icon icon={ChevronRight} small className="opacity-80 rtl:-scale-x-100" />
      </Primitive.SubTrigger>
      <Primitive.Portal>
        <Primitive.SubContent className={menuPanel} collisionPadding={8} sideOffset={4}>
          {children}
        </Primitive.SubContent>
      </Primitive.Portal>
    </Primitive.Sub>
  );
}
