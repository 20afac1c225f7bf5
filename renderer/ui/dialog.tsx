import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from './class-names';
import { dialogActions, dialogPanel, dialogTitle, dialogVeil } from './dialog-styles';

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** The buttons; the safe choice is ink and stands last. */
  actions?: ReactNode;
  /** `wide`: 880 px, as high as there is room, and its content scrolls by itself. */
  size?: 'normal' | 'wide';
  /** Stands at the right of the title. */
  aside?: ReactNode;
}

const SIZES = {
  normal: 'w-[480px] overflow-y-auto',
  wide: 'flex h-[720px] w-[880px] flex-col',
} as const;

/** A window over the page. Esc and a click beside it close it. */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, children, actions, size = 'normal' } = props;
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={dialogVeil} />
        <Primitive.Content
          className={cx(dialogPanel, SIZES[size])}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <div className="flex items-center justify-between gap-4">
            <Primitive.Title className={dialogTitle}>{title}</Primitive.Title>
            {props.aside}
          </div>
          {description !== undefined && (
            <Primitive.Description className="mt-1 text-text-2">
              {description}
            </Primitive.Description>
          )}
          {children}
          {actions !== undefined && <div className={dialogActions}>{actions}</div>}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
