import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './class-names';
import { Icon } from './icon';

export interface AlertRow {
  readonly label: string;
  readonly value: ReactNode;
}

export interface AlertProps {
  /** `danger`: broke or failed. `warn`: something one can settle. */
  tone: 'danger' | 'warn';
  icon: LucideIcon;
  /** The accessible name of the group, e.g. "What happened". */
  label: string;
  /** The fact. */
  title: ReactNode;
  /** A small note behind the fact, e.g. an HTTP status. */
  note?: ReactNode;
  /** What it cost, what was kept. */
  rows?: readonly AlertRow[];
  children?: ReactNode;
  /** First the free or cheapest one; those that spend carry their price. */
  actions?: ReactNode;
  className?: string;
}

const TONES = {
  danger: { block: 'border-danger-line bg-danger-soft', mark: 'text-danger' },
  warn: { block: 'border-warn-line bg-warn-soft', mark: 'text-warn' },
} as const;

/** A tinted block that says what happened, what it cost, what was kept and what to do next. */
export function Alert(props: AlertProps) {
  const { tone, icon, label, title, note, rows = [], children, actions, className } = props;
  const { block, mark } = TONES[tone];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls
    <div
      role="group"
      aria-label={label}
      className={cx('rounded-3 border px-[15px] pt-3 pb-[15px]', block, className)}
    >
      <h2 className="flex items-center gap-2 text-13 font-semibold">
        <Icon icon={icon} className={mark} />
        {title}
        {note !== undefined && (
          <span className={cx('figures pl-[5px] text-11 font-medium', mark)}>{note}</span>
        )}
      </h2>
      {rows.length > 0 && (
        <dl className="mt-2 ml-6 grid grid-cols-[80px_1fr] gap-x-2 gap-y-1">
          {rows.map((row) => (
            <AlertLine key={row.label} {...row} />
          ))}
        </dl>
      )}
      {children}
      {actions !== undefined && (
        <div className="mt-3 ml-6 flex flex-wrap items-center gap-2">{actions}</div>
      )}
    </div>
  );
}

function AlertLine({ label, value }: AlertRow) {
  return (
    <>
      <dt className="text-text-2">{label}</dt>
      <dd className="min-w-0 break-words">{value}</dd>
    </>
  );
}
