import { Check } from 'lucide-react';
import { Checkbox as Primitive } from 'radix-ui';
import { type ReactNode, useId } from 'react';
import { cx } from './class-names';

export interface CheckboxProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
  className?: string;
}

/** A statement to agree to. */
export function Checkbox({ checked, onChange, children, className }: CheckboxProps) {
  const id = useId();
  return (
    <div className={cx('flex items-start gap-2', className)}>
      <Primitive.Root
        id={id}
        checked={checked}
        onCheckedChange={(state) => onChange(state === true)}
        className="mt-0.5 grid size-4 flex-none place-items-center rounded-1 border border-line-control bg-surface aria-checked:border-transparent aria-checked:bg-ink aria-checked:text-ink-text"
      >
        <Primitive.Indicator>
          <Check aria-hidden="true" size={12} strokeWidth={2.5} />
        </Primitive.Indicator>
      </Primitive.Root>
      <label htmlFor={id}>{children}</label>
    </div>
  );
}
