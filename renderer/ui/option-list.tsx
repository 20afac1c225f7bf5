import { Check } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { cx } from './class-names';
import { Icon } from './icon';

export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** At the right, quieter. */
  readonly hint?: string;
}

export interface OptionListProps<Value extends string> {
  /** The accessible name. */
  label: string;
  /** Null: none of them is chosen. */
  value: Value | null;
  options: readonly Option<Value>[];
  onChoose: (value: Value) => void;
}

/** A short list to choose from, where there is no need to search: one stop for Tab, arrow keys within. */
export function OptionList<Value extends string>(props: OptionListProps<Value>) {
  const { label, value, options, onChoose } = props;
  const stop = options.some((option) => option.value === value) ? value : options[0]?.value;
  return (
    <div role="listbox" aria-label={label} tabIndex={-1} onKeyDown={press} className="p-1">
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          role="option"
          aria-selected={option.value === value}
          tabIndex={option.value === stop ? 0 : -1}
          onClick={() => onChoose(option.value)}
          className="flex h-8 w-full items-center gap-2 rounded-2 px-2 text-left hover:bg-surface-hover focus-visible:bg-surface-active focus-visible:outline-none"
        >
          <span className="min-w-0 flex-1 truncate">{option.label}</span>
          {option.hint !== undefined && (
            <span className="figures text-12 text-text-3">{option.hint}</span>
          )}
          <Icon
            icon={Check}
            small
            className={cx(option.value === value ? 'text-accent-text' : 'invisible')}
          />
        </button>
      ))}
    </div>
  );
}

function press(event: KeyboardEvent<HTMLElement>): void {
  const options = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="option"]')];
  const at = options.findIndex((option) => option.matches(':focus'));
  const to = {
    ArrowDown: Math.min(at + 1, options.length - 1),
    ArrowUp: Math.max(at - 1, 0),
    Home: 0,
    End: options.length - 1,
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  options[to]?.focus();
}
