import { AlertDialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button, type ButtonVariant } from './button';
import { dialogActions, dialogPanel, dialogTitle, dialogVeil } from './dialog-styles';
import { giveFocusBack } from './focus-return';

export interface AlertDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: ReactNode;
  /** The safe choice: ink, last, focused, and what Esc means. */
  safeLabel: string;
  /** The other one: outlined. */
  otherLabel: string;
  otherVariant?: ButtonVariant;
  onOther: () => void;
  /** Below the description: what has to be known to answer. */
  children?: ReactNode;
  /** One more button, at the left and quiet. */
  quiet?: ReactNode;
  /** Gives the focus to what is to have it afterwards. */
  onClosed: () => void;
}

/** A question that has to be answered. */
export function AlertDialog(props: AlertDialogProps) {
  const { open, onOpenChange, title, description } = props;
  const { safeLabel, otherLabel, otherVariant = 'default', onOther, onClosed } = props;
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={dialogVeil} />
        <Primitive.Content
          className={`${dialogPanel} w-[480px]`}
          onCloseAutoFocus={(event) => giveFocusBack(event, onClosed)}
        >
          <Primitive.Title className={dialogTitle}>{title}</Primitive.Title>
          <Primitive.Description className="mt-1 text-text-2">{description}</Primitive.Description>
          {props.children}
          <div className={dialogActions}>
            {props.quiet}
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
