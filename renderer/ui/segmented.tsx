import { RadioGroup } from 'radix-ui';
import { type ReactNode, useId } from 'react';
import { cx } from './class-names';

export interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
}

export interface SegmentedProps<Value extends string> {
  /** The accessible name; shown above when `showLabel` is set. */
  label: string;
  showLabel?: boolean;
  /** null: none is chosen. */
  value: Value | null;
  segments: readonly Segment<Value>[];
  onChange: (value: Value) => void;
  /** Fills the width, 32 px high. */
  large?: boolean;
  /** In a row of 32 px: 24 px high, as wide as the row's other controls. */
  small?: boolean;
  disabled?: boolean;
  describedBy?: string | undefined;
  className?: string;
}

/**
 * One of a few. Arrow keys choose, as in every group of radio buttons (a toggle group would only move
 * the focus).
 */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { label, showLabel = false, value, segments, onChange } = props;
  const { large = false, small = false, disabled = false, describedBy, className } = props;
  const labelId = useId();
  const choose = (text: string) => {
    const chosen = segments.find((segment) => segment.value === text);
    if (chosen) onChange(chosen.value);
  };
  return (
    <div className={className}>
      {showLabel && (
        <div id={labelId} className="mb-1 text-12 font-medium text-text-2">
          {label}
        </div>
      )}
      <RadioGroup.Root
        value={value ?? ''}
        onValueChange={choose}
        orientation="horizontal"
        disabled={disabled}
        aria-describedby={describedBy}
        {...(showLabel ? { 'aria-labelledby': labelId } : { 'aria-label': label })}
        className={cx(
          'rounded-2 border bg-surface p-px',
          small && value === null ? 'border-dashed border-line-strong' : 'border-line-strong',
          large ? 'flex h-8' : small ? 'flex h-6 w-40' : 'inline-flex h-7',
        )}
      >
        {segments.map((segment) => (
          <RadioGroup.Item
            key={segment.value}
            value={segment.value}
            className={cx(
              'flex items-center gap-1 rounded-1 text-12 whitespace-nowrap text-text-2 transition-colors duration-(--m-fast) aria-checked:bg-surface-active aria-checked:font-medium aria-checked:text-text disabled:text-text-disabled',
              small ? 'flex-auto justify-center px-0.5' : 'px-2',
              large && 'flex-1 justify-center',
            )}
          >
            {segment.label}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </div>
  );
}
