import { type ComponentProps, type ReactNode, useId } from 'react';
import { cx } from './class-names';

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'type'> {
  /** The accessible name. */
  label: string;
  /** A line below; gives way to `error`. */
  hint?: ReactNode;
  error?: ReactNode;
  /** Something beside the label, e.g. a link to where the value is found. */
  action?: ReactNode;
  /**
   * What is typed is not shown. It stays a text box: a password field has no textbox role, and the
   * browser would offer to remember it.
   */
  secret?: boolean;
}

/** One line of text with its label, its hint and what is wrong with it. */
export function TextField(props: TextFieldProps) {
  const { label, hint, error, action, secret = false, className, id, ...input } = props;
  const ownId = useId();
  const inputId = id ?? ownId;
  const noteId = `${inputId}-note`;
  const hasNote = error !== undefined || hint !== undefined;
  return (
    <div className={className}>
      <div className="mb-1 flex justify-between gap-2 text-12 font-medium text-text-2">
        <label htmlFor={inputId}>{label}</label>
        {action}
      </div>
      <input
        id={inputId}
        type="text"
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={hasNote ? noteId : undefined}
        {...(secret ? SECRET : {})}
        className={cx(textBox, 'h-8', secret && 'secret')}
        {...input}
      />
      {hasNote && <FieldNote id={noteId} hint={hint} error={error} />}
    </div>
  );
}

const SECRET = {
  autoComplete: 'off',
  autoCorrect: 'off',
  autoCapitalize: 'off',
  spellCheck: false,
} as const;

/** The looks of everything one can write into. */
export const textBox =
  'block w-full rounded-2 border border-line-control bg-surface px-2.5 text-13 text-text disabled:border-transparent disabled:bg-surface-active disabled:text-text-disabled aria-invalid:border-danger';

/** The line below a field: what is wrong, or else the hint. */
export function FieldNote({
  id,
  hint,
  error,
}: {
  id: string;
  hint?: ReactNode;
  error?: ReactNode;
}) {
  if (error !== undefined) {
    return (
      <p id={id} role="alert" className="mt-1 text-12 text-danger">
        {error}
      </p>
    );
  }
  return (
    <p id={id} className="mt-1 text-12 text-text-3">
      {hint}
    </p>
  );
}
