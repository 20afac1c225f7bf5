import { cx } from './class-names';

export type MeterTone = 'ink' | 'live' | 'warn' | 'danger' | 'hatch';

export interface MeterPart {
  /** 0 to 1 of the whole width. */
  readonly share: number;
  readonly tone?: MeterTone;
}

export interface MeterProps {
  /** What it shows, in words. */
  label: string;
  parts: readonly MeterPart[];
  /** A tick, 0 to 1. */
  mark?: number;
  large?: boolean;
  className?: string;
}

const TONES: Readonly<Record<MeterTone, string>> = {
  ink: 'bg-text-2',
  live: 'bg-accent',
  warn: 'bg-warn-fill',
  danger: 'bg-danger-fill',
  hatch: 'hatch',
};

/** A thin bar of parts that follow each other. */
export function Meter({ label, parts, mark, large = false, className }: MeterProps) {
  const size = large ? 'h-2 rounded-1' : 'h-1 rounded-[2px]';
  return (
    <span
      role="img"
      aria-label={label}
      className={cx('relative flex gap-px bg-surface-active', size, className)}
    >
      {parts.map(({ share, tone = 'ink' }, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no identity but their place
          key={index}
          className={cx('h-full', large ? 'rounded-1' : 'rounded-[2px]', TONES[tone])}
          style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }}
        />
      ))}
      {mark !== undefined && (
        <span
          className={cx('absolute -top-[3px] w-px bg-text-3', large ? 'h-3.5' : 'h-2.5')}
          style={{ left: `${mark * 100}%` }}
        />
      )}
    </span>
  );
}
