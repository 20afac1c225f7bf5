import { Switch as Primitive } from 'radix-ui';
import { cx } from './class-names';

export interface SwitchProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  id?: string;
  /** Where no visible label names it. */
  'aria-label'?: string;
  'aria-labelledby'?: string;
  className?: string;
}

/** On or off, at once. */
export function Switch({ checked, onChange, className, ...rest }: SwitchProps) {
  return (
    <Primitive.Root
      checked={checked}
      onCheckedChange={onChange}
      className={cx(
        'relative h-4 w-7 flex-none rounded-full bg-line-control transition-colors duration-(--m-fast) aria-checked:bg-accent disabled:opacity-50',
        className,
      )}
      {...rest}
    >
      <Primitive.Thumb className="absolute top-0.5 left-0.5 size-3 rounded-full bg-(--n-0) transition-[left] duration-(--m-fast) data-[state=checked]:left-3.5 dark:data-[state=checked]:bg-text-on-accent" />
    </Primitive.Root>
  );
}
