import { ChevronDown } from 'lucide-react';
import { Select as Primitive } from 'radix-ui';
import { type ReactNode, useId } from 'react';
import { cx } from './class-names';
import { Icon } from './icon';
import { SelectList } from './select-list';
import { FieldNote, textBox } from './text-field';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

export interface SelectProps<Value extends string> {
  /** The accessible name, shown above. */
  label: string;
  value: Value;
  options: readonly SelectOption<Value>[];
  onChange: (value: Value) => void;
  hint?: ReactNode;
  disabled?: boolean;
  /** For whoever has to find it again; otherwise it has one of its own. */
  id?: string;
  className?: string;
}

/** One of some: a field that opens a short list. Where one has to search, it is a picker. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, value, options, onChange, hint, disabled = false, className } = props;
  const ownId = useId();
  const id = props.id ?? ownId;
  const noteId = `${id}-note`;
  const choose = (text: string) => {
    const chosen = options.find((option) => option.value === text);
    if (chosen) onChange(chosen.value);
  };
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-12 font-medium text-text-2">
        {label}
      </label>
      <Primitive.Root value={value} onValueChange={choose} disabled={disabled}>
        <Primitive.Trigger
          id={id}
          aria-describedby={hint === undefined ? undefined : noteId}
          className={cx(textBox, 'flex h-8 items-center gap-2 text-left')}
        >
          <span className="min-w-0 flex-1 truncate">
            <Primitive.Value />
          </span>
          <Icon icon={ChevronDown} small className="text-text-3" />
        </Primitive.Trigger>
        <SelectList options={options} className="w-(--radix-select-trigger-width)" />
      </Primitive.Root>
      {hint !== undefined && <FieldNote id={noteId} hint={hint} />}
    </div>
  );
}
