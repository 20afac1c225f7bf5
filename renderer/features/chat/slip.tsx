import { useTranslation } from 'react-i18next';
import type { Run } from '../../../shared/contract/conversation';
import { type NanoUsd, nano } from '../../../shared/money';
import { count, milliseconds, seconds } from '../../ui/format';
import { LeaderRow } from '../../ui/leader-row';
import { Money } from '../../ui/money';
import type { Cost, ReceiptFigures } from './receipt-figures';
import { CostText, tokenCount } from './receipt-text';

/** Everything the ledger knows of an answer, in two columns. */
export function Slip({ run, figures }: { run: Run; figures: ReceiptFigures }) {
  const { t } = useTranslation();
  const tokens = (value: string) => t('receipt.tokensText', { tokens: value });
  return (
    <div className="slip">
      <div>
        {figures.prompt && (
          <LeaderRow label={t('receipt.prompt')}>{tokens(tokenCount(figures.prompt))}</LeaderRow>
        )}
        {run.cachedTokens !== null && (
          <LeaderRow label={t('receipt.cached')}>{tokens(count(run.cachedTokens))}</LeaderRow>
        )}
        {figures.reply && (
          <LeaderRow label={t('receipt.reply')}>{tokens(tokenCount(figures.reply))}</LeaderRow>
        )}
        {run.reasoningTokens !== null && (
          <LeaderRow label={t('receipt.reasoning')}>{tokens(count(run.reasoningTokens))}</LeaderRow>
        )}
        <LeaderRow label={costLabel(figures.cost, t)} total>
          <FullCost cost={figures.cost} />
        </LeaderRow>
      </div>
      <div>
        {run.firstTokenMs !== null && (
          <LeaderRow label={t('receipt.firstToken')}>{seconds(run.firstTokenMs, 2)}</LeaderRow>
        )}
        {run.totalMs !== null && (
          <LeaderRow label={t('receipt.wholeAnswer')}>{seconds(run.totalMs, 2)}</LeaderRow>
        )}
        {run.latencyMs !== null && (
          <LeaderRow label={t('receipt.latency')}>{milliseconds(run.latencyMs)}</LeaderRow>
        )}
        {run.finishReason !== null && (
          <LeaderRow label={t('receipt.finish')}>{run.finishReason}</LeaderRow>
        )}
        {run.servedModel !== null && run.servedModel !== run.requestedModel && (
          <>
            <LeaderRow label={t('receipt.requested')}>{run.requestedModel}</LeaderRow>
            <LeaderRow label={t('receipt.servedLabel')}>{run.servedModel}</LeaderRow>
          </>
        )}
        <LeaderRow label={t('receipt.connection')}>{run.connectionName}</LeaderRow>
      </div>
    </div>
  );
}

/** Here, and only here, a figure shows what lies beyond its sixth decimal. */
function FullCost({ cost }: { cost: Cost }) {
  if (cost.kind !== 'exact') return <CostText cost={cost} />;
  return <Money amount={cost.amount} decimals={fullDecimals(cost.amount)} />;
}

/** Six, or as many as it takes to write the amount out. */
export function fullDecimals(amount: NanoUsd): number {
  for (let decimals = 6; decimals < 9; decimals++) {
    if (nano(amount % 10n ** BigInt(9 - decimals)) === 0n) return decimals;
  }
  return 9;
}

function costLabel(cost: Cost, t: ReturnType<typeof useTranslation>['t']): string {
  if (cost.kind === 'estimated') return t('receipt.costEstimated');
  if (cost.kind !== 'exact') return t('receipt.costUnknown');
  switch (cost.source) {
    case 'reported':
      return t('receipt.costReported');
    case 'reconciled':
      return t('receipt.costReconciled');
    case 'none':
      return t('receipt.costNone');
    default:
      return t('receipt.costUnknown');
  }
}
