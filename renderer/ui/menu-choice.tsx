import { Check } from 'lucide-react';
import { DropdownMenu as Primitive } from 'radix-ui';
import { Icon } from './icon';
import { menuItem } from './menu-styles';

export interface MenuChoiceProps<Value extends string> {
  /** What is chosen; stands above. */
  label: string;
  value: Value;
  options: readonly { readonly value: Value; readonly label: string }[];
  onChange: (value: Value) => void;
}

/** One of a few in a menu; the chosen one has a check. */
export function MenuChoice<Value extends string>(props: MenuChoiceProps<Value>) {
  const { label, value, options, onChange } = props;
  return (
    <Primitive.RadioGroup value={value} aria-label={label}>
      <Primitive.Label className="px-2 pt-1.5 pb-0.5 text-11 font-medium text-text-3">
        {label}
      </Primitive.Label>
      {options.map((option) => (
        <Primitive.RadioItem
          key={option.value}
          value={option.value}
          onSelect={() => onChange(option.value)}
          className={menuItem(false)}
        >
          <span className="grid size-3.5 flex-none place-items-center">
            <Primitive.ItemIndicator>
              <Icon icon={Check} small className="text-accent-text" />
            </Primitive.ItemIndicator>
          </span>
          <span className="min-w-0 flex-1 truncate">{option.label}</span>
        </Primitive.RadioItem>
      ))}
    </Primitive.RadioGroup>
  );
}
