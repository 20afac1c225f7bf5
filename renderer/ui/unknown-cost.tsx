import { useTranslation } from 'react-i18next';
import { cx } from './class-names';
import { count as countText } from './format';

export interface UnknownCostProps {
  /** How many costs are unknown beside a known sum: "+ 2 unknown". Without it the word alone. */
  count?: number;
  /** `running`: not yet known. */
  kind?: 'unknown' | 'running';
  /** Only "+ 2", where a head says what is counted. */
  short?: boolean;
  /** Where its rows are listed. */
  href?: string;
  className?: string;
}

/** A cost nobody knows: the hatched square and the word, never a zero. */
export function UnknownCost({
  count,
  kind = 'unknown',
  short = false,
  href,
  className,
}: UnknownCostProps) {
  const { t } = useTranslation();
  const word = kind === 'running' ? t('ui.running') : t('ui.unknown');
  const text = count === undefined ? word : `+ ${countText(count)}${short ? '' : ` ${word}`}`;
  const classes = cx('figures inline-flex items-center gap-1.5 text-unknown', className);
  const content = (
    <>
      <span className="hatch-square" aria-hidden="true" />
      <span>
        {text}
        {short && count !== undefined && <span className="sr-only"> {word}</span>}
      </span>
    </>
  );
  if (href === undefined) return <span className={classes}>{content}</span>;
  return (
    <a href={href} className={cx(classes, 'hover:underline')}>
      {content}
    </a>
  );
}
