import { useTranslation } from 'react-i18next';
import type { NanoUsd } from '../../shared/money';
import { usdRange } from './format';

export interface EstimateProps {
  low: NanoUsd;
  high?: NanoUsd;
  /** 4 unless both ends are so small that it takes 6. */
  decimals?: number;
  /** Leaves out the word where the label beside it already says "about". */
  bare?: boolean;
  className?: string;
}

/** An amount that is not known exactly: the word, a range, a dotted underline. */
export function Estimate({ low, high = low, decimals, bare = false, className }: EstimateProps) {
  const { t } = useTranslation();
  return (
    <span className={className}>
      {!bare && <span className="font-normal">{t('ui.about')} </span>}
      <span className="figures estimate">{usdRange(low, high, decimals)}</span>
    </span>
  );
}
