import type { ReactNode } from 'react';
import { cx } from '../ui/class-names';

export interface TextAreaProps {
  label: string;
  describedBy?: string | undefined;
  value: string;
  placeholder?: string;
  invalid?: boolean;
  /** Drawn dashed: nothing is set. */
  unset?: boolean;
  disabled?: boolean;
  /** Text that a machine reads. */
  code?: boolean;
  rows: number;
  maxLength?: number;
  onChange: (text: string) => void;
  onBlur?: () => void;
}

/** Some lines of text across the panel; it grows with them. */
export function TextArea(props: TextAreaProps): ReactNode {
  const { label, value, placeholder, rows, onChange, onBlur } = props;
  return (
    <textarea
      aria-label={label}
      aria-describedby={props.describedBy}
      aria-invalid={props.invalid || undefined}
      disabled={props.disabled}
      value={value}
      rows={rows}
      maxLength={props.maxLength}
      placeholder={placeholder}
      dir={props.code ? 'ltr' : 'auto'}
      spellCheck={props.code ? false : undefined}
      onChange={(event) => onChange(event.target.value)}
      onBlur={onBlur}
      className={cx(
        'parameter-box parameter-area',
        props.code && 'parameter-code',
        props.unset && !props.invalid && 'parameter-unset',
      )}
    />
  );
}
