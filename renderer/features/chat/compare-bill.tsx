import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TokenPrices } from '../../../shared/estimate';
import { type NanoUsd, nano } from '../../../shared/money';
import { cx } from '../../ui/class-names';
import { Estimate } from '../../ui/estimate';
import { count, seconds } from '../../ui/format';
import { LeaderRow } from '../../ui/leader-row';
import { Perforation } from '../../ui/perforation';
import { type ColumnFigures, speedOf } from './compare-figures';
import { Elapsed, useNow } from './elapsed';
import { CostText, tokenCount } from './receipt-text';

export interface ColumnBillProps {
  figures: ColumnFigures;
  prices: TokenPrices | null;
  /** In which rows this column is the best of all. */
  best: {
    readonly firstToken: boolean;
    readonly whole: boolean;
    readonly speed: boolean;
    readonly cost: boolean;
  };
}

/** The receipt of a column: the same rows in each, so that they stand on common lines. */
export function ColumnBill({ figures, prices, best }: ColumnBillProps) {
  const { t } = useTranslation();
  const { firstTokenMs, servedBy, follows } = figures;
  const fastest = t('compare.fastest');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls
    <div role="group" aria-label={t('receipt.name')}>
      <Perforation className="mb-2" />
      <Row label={t('compare.tokens')} spare>
        {tokensCell(figures, t('compare.withFirst'))}
      </Row>
      <Row label={t('receipt.firstToken')} mark={best.firstToken ? fastest : null}>
        {firstTokenMs !== null && seconds(firstTokenMs, 2)}
      </Row>
      <Row label={t('receipt.wholeAnswer')} mark={best.whole ? fastest : null}>
        <Whole figures={figures} />
      </Row>
      <Row label={t('compare.speed')} mark={best.speed ? fastest : null}>
        <Speed figures={figures} />
      </Row>
      <Row label={t('compare.servedBy')} cut spare>
        {servedBy}
      </Row>
      <LeaderRow label={costLabel(figures, t)} total className="compare-total">
        {best.cost && <Mark word={t('compare.lowest')} />}
        {follows ? (
          <span className="text-12 font-normal text-text-3">{t('compare.withFirst')}</span>
        ) : (
          <ColumnCost figures={figures} prices={prices} />
        )}
      </LeaderRow>
    </div>
  );
}

function costLabel({ follows, together }: ColumnFigures, t: TFunction): string {
  if (follows || together < 2) return t('compare.cost');
  return `${t('compare.cost')} ${t('receipt.together', { count: together })}`;
}

interface RowProps {
  label: string;
  /** What it is the best of. */
  mark?: string | null;
  cut?: boolean;
  /** Gives way in a low window. */
  spare?: boolean;
  /** Empty where nothing is known. */
  children: ReactNode;
}

function Row({ label, mark = null, cut = false, spare = false, children }: RowProps) {
  const empty = children === null || children === false;
  return (
    <LeaderRow
      label={label}
      className={cx(
        'compare-row',
        spare && 'compare-spare',
        cut && '[&>span:last-child]:min-w-0 [&>span:last-child]:truncate',
      )}
    >
      {mark !== null && <Mark word={mark} />}
      {empty ? <span className="font-normal text-text-3">–</span> : children}
    </LeaderRow>
  );
}

function Mark({ word }: { word: string }) {
  return <span className="text-12 font-normal text-text-3">{word} </span>;
}

function tokensCell({ prompt, reply, follows }: ColumnFigures, together: string): ReactNode {
  if (follows) return <span className="font-normal text-text-3">{together}</span>;
  if (!prompt && !reply) return null;
  return `${prompt ? tokenCount(prompt) : '–'} → ${reply ? tokenCount(reply) : '0'}`;
}

function Whole({ figures: { startedAt, totalMs } }: { figures: ColumnFigures }) {
  const { t } = useTranslation();
  if (startedAt !== null) {
    return (
      <>
        <Elapsed since={startedAt} /> {t('compare.soFar')}
      </>
    );
  }
  return totalMs === null ? '–' : seconds(totalMs);
}

const STEP_MS = 250;

function Speed({ figures }: { figures: ColumnFigures }) {
  const { t } = useTranslation();
  const now = useNow(figures.startedAt === null ? null : STEP_MS);
  const speed = figures.follows ? null : speedOf(figures, now);
  return speed === null ? '–' : t('compare.tokensPerSecond', { count: count(Math.round(speed)) });
}

function ColumnCost({ figures, prices }: Pick<ColumnBillProps, 'figures' | 'prices'>) {
  const { t } = useTranslation();
  const soFar = figures.state === 'running' && prices ? costSoFar(figures, prices) : null;
  if (soFar === null) {
    return figures.state === 'running' ? (
      <span className="text-12 font-normal">
        <CostText cost={figures.cost} />
      </span>
    ) : (
      <CostText cost={figures.cost} />
    );
  }
  return (
    <span className="font-normal text-text-2">
      <Estimate low={soFar} /> {t('compare.soFar')}
    </span>
  );
}

/** About what an answer on its way has cost, or null when nothing can be said. */
export function costSoFar(
  { prompt, reply }: Pick<ColumnFigures, 'prompt' | 'reply'>,
  { input, output }: TokenPrices,
): NanoUsd | null {
  if (!prompt || !reply) return null;
  return nano((input * BigInt(prompt.count) + output * BigInt(reply.count)) / 1_000_000n);
}
