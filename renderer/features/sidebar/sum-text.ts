import type { TFunction } from 'i18next';
import { type NanoUsd, nano, type Total } from '../../../shared/money';
import { usd } from '../../ui/format';

/** A sum as far as anything is known of it; it says "about" where a part is only estimated. */
export function sumText(
  { known, estimated }: Total,
  decimalsOf: (sum: NanoUsd) => number,
  t: TFunction,
): string {
  const sum = nano(known + estimated);
  const text = usd(sum, decimalsOf(sum));
  return estimated > 0n ? `${t('ui.about')} ${text}` : text;
}
