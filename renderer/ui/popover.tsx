import { Popover as Primitive } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { keepWhileComposing } from './composition';
import { leaveFocusElsewhere } from './focus-return';

export interface PopoverProps {
  /** What is shown, in words. */
  label: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What opens it; must take a ref. */
  trigger: ReactElement;
  children: ReactNode;
}

/** Something small to look at and to act on, over the page. Esc and a click beside it close it. */
export function Popover({ label, open, onOpenChange, trigger, children }: PopoverProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          aria-label={label}
          onEscapeKeyDown={keepWhileComposing}
          onCloseAutoFocus={leaveFocusElsewhere}
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="floating z-50 max-h-(--radix-popover-content-available-height) w-[400px] max-w-[calc(100vw-16px)] overflow-y-auto rounded-3 border border-line bg-surface-raised p-4 shadow-mid outline-none"
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
