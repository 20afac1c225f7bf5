import { cx } from './class-names';

/** The mark alone: a coin with a slice taken out. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className={cx('block size-5 flex-none', className)}>
      <path d="M7.81 3.19A7.5 7.5 0 1 0 16.81 12.19z" fill="currentColor" />
      <path d="M9.51 1.49A7.5 7.5 0 0 1 18.51 10.49z" fill="var(--accent)" />
    </svg>
  );
}

/** Mark and name, as the sidebar and the first page show them. */
export function Logo({ className }: { className?: string }) {
  return (
    <span
      className={cx(
        'flex items-center gap-2 text-15 font-semibold tracking-[-0.01em] select-none',
        className,
      )}
    >
      <LogoMark />
      Slice
    </span>
  );
}
