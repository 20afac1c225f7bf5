import { Dialog as Primitive } from 'radix-ui';
import { type ReactNode, type RefObject, useRef } from 'react';
import { cx } from './class-names';
import { keepWhileComposing } from './composition';
import { dialogActions, dialogPanel, dialogTitle, dialogVeil } from './dialog-styles';
import { giveFocusBack } from './focus-return';

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
  /** What gets the focus back when what had it is gone, as an entry of a menu is. */
  returnTo?: RefObject<HTMLElement | null>;
}

const SIZES = {
  normal: 'w-[480px] overflow-y-auto',
  wide: 'flex h-[720px] w-[880px] flex-col',
} as const;

/** A window over the page. Esc and a click beside it close it. */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, children, actions, size = 'normal' } = props;
  const before = useRef<Element | null>(null);
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={dialogVeil} />
        <Primitive.Content
          className={cx(dialogPanel, SIZES[size])}
          onEscapeKeyDown={keepWhileComposing}
          onOpenAutoFocus={() => {
            before.current = document.activeElement;
          }}
          // Without a trigger of its own the primitive would leave the focus nowhere.
          onCloseAutoFocus={(event) =>
            giveFocusBack(event, () => {
              const had = before.current;
              const left = had instanceof HTMLElement && had.isConnected && had !== document.body;
              (left ? had : props.returnTo?.current)?.focus();
            })
          }
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
