import { ChevronDown } from 'lucide-react';
import { Select as Primitive } from 'radix-ui';
import { cx } from './class-names';
import { Icon } from './icon';
import { SelectList } from './select-list';

export interface RowSelectOption {
  readonly value: string;
  readonly label: string;
}

export interface RowSelectProps {
  /** The accessible name. */
  label: string;
  value: string | null;
  options: readonly RowSelectOption[];
  /** The first line, which chooses none of them. */
  unsetLabel: string;
  onChange: (value: string | null) => void;
  disabled?: boolean;
  describedBy?: string | undefined;
}

/** A value that no option has: the primitive takes no empty one. */
const UNSET = 'unset value';

/** One of a few, or none, from a list without a search. */
export function RowSelect(props: RowSelectProps) {
  const { label, value, options, unsetLabel, onChange, disabled = false, describedBy } = props;
  return (
    <Primitive.Root
      value={value ?? UNSET}
      onValueChange={(next) => onChange(next === UNSET ? null : next)}
      disabled={disabled}
    >
      <Primitive.Trigger
        aria-label={label}
        aria-describedby={describedBy}
        className={cx(rowBox, value === null && unsetBox)}
      >
        <span className="min-w-0 flex-1 truncate text-left">
          <Primitive.Value />
        </span>
        <Icon icon={ChevronDown} small className="text-text-3" />
      </Primitive.Trigger>
      <SelectList
        options={[{ value: UNSET, label: unsetLabel }, ...options]}
        align="end"
        className="min-w-(--radix-select-trigger-width)"
      />
    </Primitive.Root>
  );
}

/** The looks of a control in a row of 32 px. */
export const rowBox =
  'inline-flex h-6 w-40 min-w-0 flex-none items-center gap-1 rounded-1 border border-line-control bg-surface pr-1 pl-2 text-12 text-text transition-colors duration-(--m-fast) disabled:border-line disabled:bg-transparent disabled:text-text-disabled aria-invalid:border-danger';

/** The same while nothing is set. */
export const unsetBox = 'border-dashed border-line-strong text-text-3';
