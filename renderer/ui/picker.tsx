import { ChevronDown, ChevronsUpDown, type LucideIcon } from 'lucide-react';
import { Popover as Primitive } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { cx } from './class-names';
import { Icon } from './icon';
import { PickerList } from './picker-list';
import type { PickerOption } from './picker-options';

export interface PickerProps {
  /** The accessible name of the combobox. */
  label: string;
  value: string | null;
  options: readonly PickerOption[];
  onChange: (value: string) => void;
  /** Shown while nothing is chosen. */
  placeholder: string;
  searchLabel: string;
  emptyText: string;
  /** Takes what is typed even if it is not in the list. Says so with these words. */
  freeText?: (text: string) => string;
  /** Shown instead of the chosen option's label. */
  display?: ReactNode;
  /** `plain` in a tool row; `box` in a head, with an outline; `field` below a label. */
  variant?: 'plain' | 'box' | 'field';
  icon?: LucideIcon;
  /** A quiet word before the value, e.g. "Group by". */
  lead?: string;
  disabled?: boolean;
  side?: 'top' | 'bottom';
  align?: 'start' | 'end';
  /** Below the list, e.g. that it could not be fetched. */
  note?: ReactNode;
  onOpenChange?: (open: boolean) => void;
}

const VARIANTS = {
  plain: 'h-7 gap-1.5 pr-1.5 pl-2 text-12 text-text-2 hover:bg-surface-hover',
  box: 'h-8 gap-1.5 border border-line-strong bg-surface-raised pr-2 pl-3 text-13',
  field: 'h-8 w-full gap-2 border border-line-control bg-surface px-2.5 text-13 font-normal',
} as const;

/** One of many: a button that opens a list to search in. */
export function Picker(props: PickerProps) {
  const { label, value, options, onChange, placeholder, display, disabled = false } = props;
  const { variant = 'plain', icon, lead, side = 'top', align = 'start', onOpenChange } = props;
  const [open, setOpen] = useState(false);
  const change = (next: boolean) => {
    setOpen(next);
    onOpenChange?.(next);
  };
  const chosen = options.find((option) => option.value === value);
  return (
    <Primitive.Root open={open} onOpenChange={change}>
      <Primitive.Trigger asChild>
        <button
          type="button"
          role="combobox"
          aria-label={label}
          aria-expanded={open}
          aria-haspopup="listbox"
          disabled={disabled}
          className={cx(
            'inline-flex min-w-0 items-center rounded-2 font-medium whitespace-nowrap transition-colors duration-(--m-fast) disabled:text-text-disabled aria-expanded:bg-surface-active aria-expanded:text-text',
            VARIANTS[variant],
          )}
        >
          {icon && <Icon icon={icon} small className="text-text-3" />}
          {lead !== undefined && <span className="font-normal text-text-3">{lead}</span>}
          <span className="min-w-0 flex-1 truncate text-left">
            {display ?? chosen?.label ?? value ?? placeholder}
          </span>
          <Icon
            icon={variant === 'plain' ? ChevronsUpDown : ChevronDown}
            small
            className="text-text-3"
          />
        </button>
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          aria-label={label}
          side={side}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="floating z-50 w-80 overflow-hidden rounded-3 border border-line bg-surface-raised shadow-mid outline-none"
        >
          <PickerList
            {...props}
            onChoose={(next) => {
              onChange(next);
              change(false);
            }}
          />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
