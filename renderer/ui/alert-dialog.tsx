import { AlertDialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button, type ButtonVariant } from './button';
import { dialogActions, dialogPanel, dialogTitle, dialogVeil } from './dialog-styles';

export interface AlertDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: ReactNode;
  children?: ReactNode;
  /** The safe choice: ink, last, focused, and what Esc means. */
  safeLabel: string;
  /** The other one: outlined. It carries its price when it spends. */
  otherLabel: string;
  otherVariant?: ButtonVariant;
  onOther: () => void;
}

/** A question that has to be answered. */
export function AlertDialog(props: AlertDialogProps) {
  const { open, onOpenChange, title, description, children } = props;
  const { safeLabel, otherLabel, otherVariant = 'default', onOther } = props;
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={dialogVeil} />
        <Primitive.Content className={dialogPanel}>
          <Primitive.Title className={dialogTitle}>{title}</Primitive.Title>
          <Primitive.Description className="mt-1 text-text-2">{description}</Primitive.Description>
          {children}
          <div className={dialogActions}>
            <Primitive.Action asChild>
              <Button variant={otherVariant} onClick={onOther}>
                {otherLabel}
              </Button>
            </Primitive.Action>
            <Primitive.Cancel asChild>
              <Button variant="ink">{safeLabel}</Button>
            </Primitive.Cancel>
          </div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
