import { ChevronDown } from 'lucide-react';
import { Select as Primitive } from 'radix-ui';
import { Icon } from './icon';
import type { SelectOption } from './select';
import { SelectList } from './select-list';

export interface SmallSelectProps<Value extends string> {
  /** The accessible name. */
  label: string;
  value: Value;
  options: readonly SelectOption<Value>[];
  onChange: (value: Value) => void;
}

/** One of a few in a row of tools: a word that opens a short list. */
export function SmallSelect<Value extends string>(props: SmallSelectProps<Value>) {
  const { label, value, options, onChange } = props;
  return (
    <Primitive.Root
      value={value}
      onValueChange={(text) => {
        const chosen = options.find((option) => option.value === text);
        if (chosen) onChange(chosen.value);
      }}
    >
      <Primitive.Trigger
        aria-label={label}
        className="inline-flex h-6 min-w-0 items-center gap-1 rounded-1 px-1.5 text-12 font-medium text-text-2 hover:bg-surface-hover"
      >
        <span className="min-w-0 truncate">
          <Primitive.Value />
        </span>
        <Icon icon={ChevronDown} small className="flex-none text-text-3" />
      </Primitive.Trigger>
      <SelectList options={options} />
    </Primitive.Root>
  );
}
