import { cx } from './class-names';

/** The dotted rule above every receipt. */
export function Perforation({ className }: { className?: string }) {
  return <div className={cx('perforation h-0.5', className)} aria-hidden="true" />;
}
