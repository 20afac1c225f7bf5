import { useTranslation } from 'react-i18next';
import type { Total } from '../../shared/money';
import { nano } from '../../shared/money';
import { usd } from './format';
import { UnknownCost } from './unknown-cost';

const DECIMALS = 4;

/** What something has cost: known, estimated and unknown stay apart. */
export function TotalCost({ total }: { total: Total }) {
  const { t } = useTranslation();
  if (total.runs === 0) return null;
  if (total.known === 0n && total.estimated === 0n && total.unknown > 0) return <UnknownCost />;
  const sum = usd(nano(total.known + total.estimated), DECIMALS);
  return (
    <>
      {total.unknown > 0 && (
        <>
          <span className="hatch-square" aria-hidden="true" />
          <span className="sr-only">{t('ui.unknownCosts', { count: total.unknown })}</span>
        </>
      )}
      {total.estimated > 0n ? (
        <span>
          {t('ui.about')} <span className="estimate">{sum}</span>
        </span>
      ) : (
        sum
      )}
    </>
  );
}
