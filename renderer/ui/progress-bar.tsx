export interface ProgressBarProps {
  /** The accessible name. */
  label: string;
  done: number;
  of: number;
  /** How far it is, in words; stands below. */
  text: string;
}

/** How much of something is done. */
export function ProgressBar({ label, done, of, text }: ProgressBarProps) {
  return (
    <div className="mt-4">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={of}
        aria-valuenow={done}
        aria-valuetext={text}
        className="h-1 rounded-[2px] bg-surface-active"
      >
        <div
          className="h-full rounded-[2px] bg-text-2"
          style={{ width: `${of === 0 ? 100 : (done / of) * 100}%` }}
        />
      </div>
      <p className="figures mt-1 text-12 text-text-2">{text}</p>
    </div>
  );
}
