import { Check } from 'lucide-react';
import { Checkbox } from 'radix-ui';

interface SelectBoxProps {
  /** The accessible name. */
  label: string;
  checked: boolean;
  onChange: () => void;
}

/** Whether a row is selected. The row itself takes the focus, and Space. */
export function SelectBox({ label, checked, onChange }: SelectBoxProps) {
  return (
    <Checkbox.Root
      aria-label={label}
      checked={checked}
      onCheckedChange={onChange}
      tabIndex={-1}
      className="ml-2 grid size-4 flex-none place-items-center rounded-1 border border-line-control bg-surface aria-checked:border-transparent aria-checked:bg-ink aria-checked:text-ink-text"
    >
      <Checkbox.Indicator>
        <Check aria-hidden="true" size={12} strokeWidth={2.5} />
      </Checkbox.Indicator>
    </Checkbox.Root>
  );
}
