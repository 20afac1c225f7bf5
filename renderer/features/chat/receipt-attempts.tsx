import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Run } from '../../../shared/contract/conversation';
import { LeaderRow } from '../../ui/leader-row';
import { failureWord } from './failure-text';
import { type Cost, costOf } from './receipt-figures';
import { CostText } from './receipt-text';

/** The requests that one answer took, each with what became of it and what it cost. */
export function Attempts({ run, attempts }: { run: Run; attempts: readonly Run[] }) {
  const { t } = useTranslation();
  if (attempts.length === 0) return null;
  return (
    <section aria-label={t('receipt.attempts')} className="slip-part">
      <h2>{t('receipt.attempts')}</h2>
      {[...attempts, run].map((one) => (
        <LeaderRow
          key={one.id}
          label={t('receipt.attempt', { number: one.attempt, end: endOf(one, t) })}
        >
          <AttemptCost cost={costOf(one)} />
        </LeaderRow>
      ))}
    </section>
  );
}

/** What a request cost that may have brought nothing. */
export function AttemptCost({ cost }: { cost: Cost }) {
  const { t } = useTranslation();
  if (cost.kind === 'exact' && cost.source === 'none') return t('receipt.nothingToPay');
  return <CostText cost={cost} />;
}

function endOf({ state, failure }: Run, t: TFunction): string {
  if (failure !== null) return failureWord(failure, t);
  if (state === 'complete') return t('receipt.answered');
  return state === 'running' ? t('ui.running') : t(`chat.${state}`);
}
