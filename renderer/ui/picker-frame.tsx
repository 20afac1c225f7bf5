import { ChevronDown, ChevronsUpDown, type LucideIcon } from 'lucide-react';
import { Popover as Primitive } from 'radix-ui';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { cx } from './class-names';
import { keepWhileComposing } from './composition';
import { leaveFocusElsewhere } from './focus-return';
import { Icon } from './icon';

export interface PickerFrameProps {
  /** The accessible name of the combobox. */
  label: string;
  /** What is chosen, or what to do while nothing is. */
  display: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** `plain` in a tool row; `box` in a head; `field` below a label; `row` in a row of 32 px. */
  variant?: 'plain' | 'box' | 'field' | 'row';
  /** Nothing is chosen. */
  unset?: boolean;
  icon?: LucideIcon;
  /** A quiet word before the value, e.g. "Group by". */
  lead?: string;
  disabled?: boolean;
  describedBy?: string | undefined;
  side?: 'top' | 'bottom';
  align?: 'start' | 'end';
  wide?: boolean;
  children: ReactNode;
}

const VARIANTS = {
  plain: 'h-7 gap-1.5 rounded-2 pr-1.5 pl-2 text-12 font-medium text-text-2 hover:bg-surface-hover',
  box: 'h-8 gap-1.5 rounded-2 border border-line-strong bg-surface-raised pr-2 pl-3 text-13 font-medium',
  field: 'h-8 w-full gap-2 rounded-2 border border-line-control bg-surface px-2.5 text-13',
  row: 'h-6 w-40 flex-none gap-1 rounded-1 border bg-surface pr-1 pl-2 text-12 disabled:bg-transparent',
} as const;

/** A button that shows what is chosen and opens the list to choose from. */
export function PickerFrame(props: PickerFrameProps) {
  const { label, display, open, onOpenChange, children, icon, lead } = props;
  const { variant = 'plain', unset = false, disabled = false, wide = false } = props;
  const { side = 'top', align = 'start' } = props;
  // Opened again while it still goes, the old content would not take the focus.
  const [openings, setOpenings] = useState(0);
  const [wasOpen, setWasOpen] = useState(open);
  if (open !== wasOpen) {
    setWasOpen(open);
    if (open) setOpenings(openings + 1);
  }
  const isOpen = useRef(open);
  useLayoutEffect(() => {
    isOpen.current = open;
  }, [open]);
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Trigger asChild>
        <button
          type="button"
          role="combobox"
          aria-label={label}
          aria-describedby={props.describedBy}
          aria-expanded={open}
          aria-haspopup="listbox"
          disabled={disabled}
          className={cx(
            'inline-flex min-w-0 items-center whitespace-nowrap transition-colors duration-(--m-fast) disabled:text-text-disabled aria-expanded:bg-surface-active aria-expanded:text-text',
            VARIANTS[variant],
            variant === 'row' &&
              (unset ? 'border-dashed border-line-strong text-text-3' : 'border-line-control'),
          )}
        >
          {icon && <Icon icon={icon} small className="text-text-3" />}
          {lead !== undefined && (
            <span className="font-normal text-text-3 compact:hidden">{lead}</span>
          )}
          <span className="min-w-0 flex-1 truncate text-left">{display}</span>
          <Icon
            icon={variant === 'plain' ? ChevronsUpDown : ChevronDown}
            small
            className="text-text-3"
          />
        </button>
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          key={openings}
          aria-label={label}
          onEscapeKeyDown={keepWhileComposing}
          // The one that goes must not take it from the one that has come meanwhile.
          onCloseAutoFocus={(event) => {
            if (isOpen.current) event.preventDefault();
            else leaveFocusElsewhere(event);
          }}
          side={side}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={cx(
            'floating z-50 flex max-h-(--radix-popover-content-available-height) max-w-[calc(100vw-16px)] flex-col overflow-hidden rounded-3 border border-line bg-surface-raised shadow-mid outline-none',
            wide ? 'w-[440px]' : 'w-80',
          )}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
