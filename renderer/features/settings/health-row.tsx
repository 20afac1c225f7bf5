import { Check, CircleAlert, type LucideIcon, Minus, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from '../../ui/icon';
import { Spinner } from '../../ui/spinner';

/** How something is: well, worth a look, broken, not known, or being looked at. */
export type HealthMark = 'well' | 'warn' | 'danger' | 'unknown' | 'busy';

const MARKS: Readonly<
  Record<Exclude<HealthMark, 'busy'>, { readonly icon: LucideIcon; readonly tone: string }>
> = {
  well: { icon: Check, tone: 'text-ok' },
  warn: { icon: TriangleAlert, tone: 'text-warn' },
  danger: { icon: CircleAlert, tone: 'text-danger' },
  unknown: { icon: Minus, tone: 'text-text-3' },
};

export interface HealthRowProps {
  mark: HealthMark;
  label: string;
  value: ReactNode;
  /** What it means and what to do about it. */
  next?: ReactNode;
  action?: ReactNode;
}

/** One line of how things are, and below it what to do. */
export function HealthRow({ mark, label, value, next, action }: HealthRowProps) {
  return (
    <li className="grid min-h-11 grid-cols-[16px_minmax(0,1fr)_auto] items-center gap-x-3 border-line px-4 py-1.5 not-first:border-t">
      {mark === 'busy' ? (
        <Spinner />
      ) : (
        <Icon icon={MARKS[mark].icon} className={MARKS[mark].tone} />
      )}
      <span className="flex min-w-0 flex-wrap gap-x-3">
        <span className="min-w-[160px] max-w-full truncate font-medium">{label}</span>
        <span className="figures min-w-0 break-words text-text-2">{value}</span>
      </span>
      <span className="flex min-h-7 items-center gap-2">{action}</span>
      {next !== undefined && (
        <p className="col-span-2 col-start-2 max-w-(--measure) pb-1 text-12 text-text-2">{next}</p>
      )}
    </li>
  );
}
