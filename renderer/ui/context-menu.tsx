import { ContextMenu as Primitive } from 'radix-ui';
import type { ComponentProps, ReactElement, ReactNode } from 'react';
import { leaveFocusElsewhere } from './focus-return';
import { type MenuItemContent, MenuLine, menuItem, menuPanel, menuSeparator } from './menu-styles';

export interface ContextMenuProps {
  /** What opens it; must take a ref. */
  trigger: ReactElement;
  children: ReactNode;
  onOpenChange?: (open: boolean) => void;
  /** Where the focus goes when it closes; `preventDefault` leaves it alone. */
  onCloseAutoFocus?: (event: Event) => void;
}

/** The same actions where the pointer is, by its second button or the menu key. */
export function ContextMenu({
  trigger,
  children,
  onOpenChange,
  onCloseAutoFocus,
}: ContextMenuProps) {
  return (
    <Primitive.Root {...(onOpenChange ? { onOpenChange } : {})}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          className={menuPanel}
          collisionPadding={8}
          onCloseAutoFocus={onCloseAutoFocus ?? leaveFocusElsewhere}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export interface ContextMenuItemProps extends MenuItemContent {
  onSelect: () => void;
  danger?: boolean;
  disabled?: boolean;
}

/** One action. */
export function ContextMenuItem({
  onSelect,
  danger = false,
  disabled = false,
  ...line
}: ContextMenuItemProps) {
  return (
    <Primitive.Item className={menuItem(danger)} disabled={disabled} onSelect={onSelect}>
      <MenuLine {...line} />
    </Primitive.Item>
  );
}

/** A line between kinds of actions. */
export function ContextMenuSeparator(props: ComponentProps<typeof Primitive.Separator>) {
  return <Primitive.Separator className={menuSeparator} {...props} />;
}
