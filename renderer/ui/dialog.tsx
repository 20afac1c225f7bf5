import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { dialogActions, dialogPanel, dialogTitle, dialogVeil } from './dialog-styles';

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** The buttons; the safe choice is ink and stands last. */
  actions?: ReactNode;
}

/** A window over the page. Esc and a click beside it close it. */
export function Dialog({ open, onOpenChange, title, description, children, actions }: DialogProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={dialogVeil} />
        <Primitive.Content
          className={dialogPanel}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <Primitive.Title className={dialogTitle}>{title}</Primitive.Title>
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
