import { DropdownMenu as Primitive } from 'radix-ui';
import type { ComponentProps, ReactElement, ReactNode } from 'react';
import { leaveFocusElsewhere } from './focus-return';
import { type MenuItemContent, MenuLine, menuItem, menuPanel, menuSeparator } from './menu-styles';

export interface MenuProps {
  /** What opens it; must take a ref. */
  trigger: ReactElement;
  children: ReactNode;
  onOpenChange?: (open: boolean) => void;
  /** Where the focus goes when it closes; `preventDefault` leaves it alone. */
  onCloseAutoFocus?: (event: Event) => void;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom' | 'left' | 'right';
}

/** Actions behind a button. */
export function Menu({
  trigger,
  children,
  onOpenChange,
  onCloseAutoFocus,
  align = 'end',
  side = 'bottom',
}: MenuProps) {
  return (
    <Primitive.Root {...(onOpenChange ? { onOpenChange } : {})}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          className={menuPanel}
          collisionPadding={8}
          align={align}
          side={side}
          sideOffset={4}
          onCloseAutoFocus={onCloseAutoFocus ?? leaveFocusElsewhere}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export interface MenuItemProps extends MenuItemContent {
  onSelect: () => void;
  danger?: boolean;
  disabled?: boolean;
}

/** One action. */
export function MenuItem({ onSelect, danger = false, disabled = false, ...line }: MenuItemProps) {
  return (
    <Primitive.Item className={menuItem(danger)} disabled={disabled} onSelect={onSelect}>
      <MenuLine {...line} />
    </Primitive.Item>
  );
}

/** A line between kinds of actions. */
export function MenuSeparator(props: ComponentProps<typeof Primitive.Separator>) {
  return <Primitive.Separator className={menuSeparator} {...props} />;
}
