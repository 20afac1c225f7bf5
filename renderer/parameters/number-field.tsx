import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '../ui/class-names';
import { Slider } from '../ui/slider';
import type { RowNames } from './parameter-row';
import { startOf, stepped } from './typed-value';
import type { TypedField } from './use-typed';

export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly slider: boolean;
}

export interface NumberFieldProps {
  names: RowNames;
  value: number | undefined;
  range: NumberRange;
  field: TypedField;
  disabled?: boolean;
  /** Shown inside at the right, e.g. how much the value multiplies the bill. */
  mark?: string | null;
  /** Marked on the bar: what a preset says. */
  tick?: number | null;
  placeholder?: string;
  onChange: (value: number | undefined) => void;
}

/** A number to type, to step with the arrow keys, or to drag. */
export function NumberField(props: NumberFieldProps) {
  const {
    names,
    value,
    range,
    field,
    disabled = false,
    mark = null,
    tick = null,
    onChange,
  } = props;
  const { t } = useTranslation();
  const { min, max } = range;
  const unset = props.placeholder ?? t('parameters.unset');
  const shown = value ?? startOf(range);
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const by = STEPS[event.key];
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const times = event.key.startsWith('Page') || event.shiftKey ? 10 : 1;
    let next: number | undefined = value;
    for (let step = 0; step < times; step += 1) next = stepped(next, by, range);
    onChange(next);
  };
  return (
    <span className="flex flex-none items-center gap-2">
      {range.slider && (
        <Slider
          share={(shown - min) / (max - min)}
          unset={value === undefined}
          disabled={disabled}
          tick={tick === null ? null : (tick - min) / (max - min)}
          onChange={(share) => onChange(nearest(min + share * (max - min), range))}
        />
      )}
      <span className="relative">
        {mark !== null && (
          <span className="figures pointer-events-none absolute top-1 right-1.5 text-12 text-text-3">
            {mark}
          </span>
        )}
        <input
          type="text"
          inputMode="decimal"
          role="spinbutton"
          autoComplete="off"
          spellCheck={false}
          aria-label={names.label}
          aria-describedby={names.describedBy}
          aria-valuenow={value}
          aria-valuetext={value === undefined ? unset : undefined}
          aria-valuemin={min}
          aria-valuemax={max}
          aria-invalid={field.error !== null || undefined}
          disabled={disabled}
          value={field.text}
          placeholder={unset}
          onChange={(event) => field.type(event.target.value)}
          onBlur={field.leave}
          onKeyDown={press}
          className={cx(
            'parameter-box text-right',
            mark !== null && 'parameter-marked',
            WIDTHS[widthOf(range)],
            value === undefined && field.error === null && 'parameter-unset',
          )}
        />
      </span>
    </span>
  );
}

const STEPS: Readonly<Record<string, 1 | -1>> = {
  ArrowUp: 1,
  ArrowDown: -1,
  PageUp: 1,
  PageDown: -1,
};

const WIDTHS = { short: 'w-14', middle: 'w-24', long: 'w-40' } as const;

function widthOf({ max }: NumberRange): keyof typeof WIDTHS {
  if (max >= 1e9) return 'long';
  return max >= 1e4 ? 'middle' : 'short';
}

function nearest(value: number, { min, max, step }: NumberRange): number {
  const rounded = Number((Math.round(value / step) * step).toFixed(6));
  return Math.min(max, Math.max(min, rounded));
}
