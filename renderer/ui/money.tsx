import { useTranslation } from 'react-i18next';
import type { NanoUsd } from '../../shared/money';
import { cx } from './class-names';
import { usd, usdParts } from './format';
import { isMoneyHidden } from './hidden-money';

export interface MoneyProps {
  amount: NanoUsd;
  /** 6 in receipts and columns, 4 in the sidebar and in split lists, 2 in gauges of budgets. */
  decimals?: number;
  className?: string;
}

/**
 * An exact amount. Figures that carry no information step back; for assistive technology it is one
 * text, and what is copied is the whole figure.
 */
export function Money({ amount, decimals = 6, className }: MoneyProps) {
  const { t } = useTranslation();
  const { before, strong, after } = usdParts(amount, decimals);
  return (
    <span className={cx('figures relative', className)}>
      <span className="sr-only select-none">
        {isMoneyHidden() ? t('ui.hiddenAmount') : usd(amount, decimals)}
      </span>
      <span aria-hidden="true">
        {before !== '' && <Quiet text={before} />}
        {strong}
        {after !== '' && <Quiet text={after} />}
      </span>
    </span>
  );
}

function Quiet({ text }: { text: string }) {
  return <span className="font-normal text-text-3">{text}</span>;
}
