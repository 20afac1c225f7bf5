import type { TFunction } from 'i18next';
import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Run } from '../../../shared/contract/conversation';
import { type NanoUsd, nano } from '../../../shared/money';
import { count, milliseconds, seconds } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { LeaderRow } from '../../ui/leader-row';
import { Money } from '../../ui/money';
import { speedOf } from './compare-figures';
import { Attempts } from './receipt-attempts';
import { adaptationText, multipliers, sentParameters } from './receipt-details';
import type { Cost, ReceiptFigures } from './receipt-figures';
import { CostText, tokenCount } from './receipt-text';

export interface SlipProps {
  run: Run;
  /** The requests for the same answer that failed before. */
  attempts: readonly Run[];
  figures: ReceiptFigures;
  /** How many answers the request brought, which are paid for together. */
  together: number;
}

/** Everything the ledger knows of an answer. */
export function Slip({ run, attempts, figures, together }: SlipProps) {
  return (
    <>
      <div className="slip">
        <Counts run={run} figures={figures} together={together} />
        <Times run={run} figures={figures} />
      </div>
      <Sent run={run} />
      <Attempts run={run} attempts={attempts} />
    </>
  );
}

function Counts({ run, figures, together }: Omit<SlipProps, 'attempts'>) {
  const { t } = useTranslation();
  const tokens = (value: string) => t('receipt.tokensText', { tokens: value });
  return (
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
      {run.promptCharacters !== null && (
        <LeaderRow label={t('receipt.promptCharacters')}>{count(run.promptCharacters)}</LeaderRow>
      )}
      {run.responseCharacters !== null && (
        <LeaderRow label={t('receipt.replyCharacters')}>{count(run.responseCharacters)}</LeaderRow>
      )}
      {multipliers(run, t).map(([label, factor]) => (
        <LeaderRow key={label} label={label}>
          {t('receipt.times', { factor })}
        </LeaderRow>
      ))}
      {run.overBudget && (
        <LeaderRow label={t('budgets.sentOver')}>{t('budgets.sentOverValue')}</LeaderRow>
      )}
      <LeaderRow
        label={
          <>
            {costLabel(figures.cost, t)}
            {together > 1 && `, ${t('receipt.together', { count: together })}`}
            {isReconciled(figures.cost) && (
              <Icon icon={Check} small className="ml-1 inline align-[-2px]" />
            )}
          </>
        }
        total
      >
        <FullCost cost={figures.cost} />
      </LeaderRow>
    </div>
  );
}

function Times({ run, figures }: Pick<SlipProps, 'run' | 'figures'>) {
  const { t } = useTranslation();
  const { reply, totalMs } = figures;
  const times = { reply, totalMs, firstTokenMs: run.firstTokenMs, startedAt: null };
  const speed = speedOf(times, 0);
  return (
    <div>
      {run.firstTokenMs !== null && (
        <LeaderRow label={t('receipt.firstToken')}>{seconds(run.firstTokenMs, 2)}</LeaderRow>
      )}
      {run.totalMs !== null && (
        <LeaderRow label={t('receipt.wholeAnswer')}>{seconds(run.totalMs, 2)}</LeaderRow>
      )}
      {speed !== null && (
        <LeaderRow label={t('receipt.speed')}>
          {t('compare.tokensPerSecond', { count: count(Math.round(speed)) })}
        </LeaderRow>
      )}
      {run.latencyMs !== null && (
        <LeaderRow label={t('receipt.latency')}>{milliseconds(run.latencyMs)}</LeaderRow>
      )}
      {run.finishReason !== null && (
        <LeaderRow label={t('receipt.finish')}>{run.finishReason}</LeaderRow>
      )}
      {differs(run.requestedModel, run.servedModel) && (
        <>
          <Name label={t('receipt.requested')} name={run.requestedModel} />
          <Name label={t('receipt.servedLabel')} name={run.servedModel ?? ''} />
        </>
      )}
      {differs(run.requestedProvider, run.servedProvider) && (
        <>
          <Name label={t('receipt.requestedProvider')} name={run.requestedProvider ?? ''} />
          <Name label={t('receipt.servedProvider')} name={run.servedProvider ?? ''} />
        </>
      )}
      {run.presetName !== null && <Name label={t('receipt.preset')} name={run.presetName} />}
      <Name label={t('receipt.connection')} name={run.connectionName} />
    </div>
  );
}

function differs(requested: string | null, served: string | null): boolean {
  return requested !== null && served !== null && requested !== served;
}

/** A row with a name, which may be long; figures are never cut. */
function Name({ label, name }: { label: string; name: string }) {
  return (
    <LeaderRow label={label} className="[&>span:last-child]:min-w-0 [&>span:last-child]:truncate">
      <span title={name}>{name}</span>
    </LeaderRow>
  );
}

/** What was sent along, and what was not although it was asked for. */
function Sent({ run }: { run: Run }) {
  const { t } = useTranslation();
  const parameters = sentParameters(run.parameters, t);
  if (parameters.length === 0 && run.adaptations.length === 0) return null;
  return (
    <section aria-label={t('receipt.sent')} className="slip-part">
      <h2>{t('receipt.sent')}</h2>
      <div className="slip-rows">
        {parameters.map(({ key, label, value }) => (
          <Name key={key} label={label} name={value} />
        ))}
      </div>
      {run.adaptations.map((adaptation) => {
        const text = adaptationText(adaptation, t);
        return <p key={text}>{text}</p>;
      })}
    </section>
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

function isReconciled(cost: Cost): boolean {
  return cost.kind === 'exact' && cost.source === 'reconciled';
}

function costLabel(cost: Cost, t: TFunction): string {
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
