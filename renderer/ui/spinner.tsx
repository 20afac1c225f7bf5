import { cx } from './class-names';

/** Something is going on. With a label it says so itself, without one its neighbour does. */
export function Spinner({ label, className }: { label?: string; className?: string }) {
  if (label === undefined) return <span aria-hidden="true" className={cx('spinner', className)} />;
  return <span role="img" aria-label={label} className={cx('spinner', className)} />;
}
