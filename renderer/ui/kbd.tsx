import { cx } from './class-names';
import { keyText } from './key-combination';

/** A key combination as a quiet note, or drawn as a key cap. */
export function Kbd({
  keys,
  cap = false,
  className,
}: {
  keys: string;
  cap?: boolean;
  className?: string;
}) {
  return (
    <kbd
      className={cx(
        'figures font-sans text-11 text-text-3',
        cap &&
          'inline-block min-w-[18px] rounded-1 border border-line-strong bg-surface px-1 text-center',
        className,
      )}
    >
      {keyText(keys)}
    </kbd>
  );
}
