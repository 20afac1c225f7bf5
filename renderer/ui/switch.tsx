import { Switch as Primitive } from 'radix-ui';
import { cx } from './class-names';

export interface SwitchProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  /** It shows what happens by itself; nobody has decided. */
  unset?: boolean;
  id?: string;
  'aria-label'?: string;
  'aria-labelledby'?: string;
  'aria-describedby'?: string | undefined;
  className?: string;
}

/** On or off, at once. */
export function Switch({ checked, onChange, unset = false, className, ...rest }: SwitchProps) {
  return (
    <Primitive.Root
      checked={checked}
      onCheckedChange={onChange}
      className={cx(
        'group relative h-4 w-7 flex-none rounded-full transition-colors duration-(--m-fast) disabled:opacity-50',
        unset
          ? 'border border-dashed border-line-control'
          : 'bg-line-control aria-checked:bg-accent',
        className,
      )}
      {...rest}
    >
      <Primitive.Thumb
        className={cx(
          'absolute size-3 rounded-full transition-[left] duration-(--m-fast)',
          unset
            ? 'top-px left-px border border-dashed border-line-control data-[state=checked]:left-[13px]'
            : 'top-0.5 left-0.5 bg-(--n-0) data-[state=checked]:left-3.5 dark:data-[state=checked]:bg-text-on-accent',
        )}
      />
    </Primitive.Root>
  );
}
