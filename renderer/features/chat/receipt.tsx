import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run } from '../../../shared/contract/conversation';
import { milliseconds, seconds } from '../../ui/format';
import { Perforation } from '../../ui/perforation';
import { Elapsed } from './elapsed';
import { ReceiptActions, type ReceiptActionsProps } from './receipt-actions';
import type { ReceiptFigures } from './receipt-figures';
import { CostText, servedText, tokensText } from './receipt-text';
import { Slip } from './slip';

export interface ReceiptProps extends Omit<ReceiptActionsProps, 'runId'> {
  figures: ReceiptFigures;
  /** The ledger row; null while the answer runs, when there is nothing to open yet. */
  run: Run | null;
  /** The requests for the same answer that failed before. */
  attempts: readonly Run[];
  /** How many answers the request brought, which are paid for together. */
  together: number;
  /** When a running answer began. */
  startedAt: number | null;
}

/** What an answer cost, its tokens, its time and who served it. Opens the slip. */
export function Receipt(props: ReceiptProps) {
  const { figures, run, attempts, together, startedAt, ...actions } = props;
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const slipId = useId();
  const cells = (
    <Cells
      figures={figures}
      startedAt={startedAt}
      together={together}
      attempt={attempts.length + 1}
    />
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls
    <div role="group" aria-label={t('receipt.name')} className="mt-3">
      <div className="receipt">
        {run ? (
          <button
            type="button"
            className="receipt-cells"
            aria-expanded={open}
            aria-controls={open ? slipId : undefined}
            title={open ? t('receipt.close') : t('receipt.open')}
            onClick={() => setOpen(!open)}
          >
            {cells}
          </button>
        ) : (
          <div className="receipt-cells">{cells}</div>
        )}
        {run && <ReceiptActions runId={run.id} {...actions} />}
      </div>
      {run && open && (
        <div id={slipId}>
          <Perforation />
          <Slip run={run} attempts={attempts} figures={figures} together={together} />
        </div>
      )}
    </div>
  );
}

interface CellsProps {
  figures: ReceiptFigures;
  startedAt: number | null;
  together: number;
  attempt: number;
}

function Cells({ figures, startedAt, together, attempt }: CellsProps) {
  const { t } = useTranslation();
  const time = figures.totalMs;
  return (
    <>
      <Cell>
        <CostText cost={figures.cost} />
        {together > 1 && (
          <span className="text-12 font-normal text-text-2">
            {' '}
            {t('receipt.together', { count: together })}
          </span>
        )}
      </Cell>
      <Cell>{tokensText(figures, t)}</Cell>
      {startedAt !== null && (
        <Cell>
          <Elapsed since={startedAt} />
        </Cell>
      )}
      {startedAt === null && time !== null && <Cell>{durationText(time)}</Cell>}
      {attempt > 1 && <Cell>{t('receipt.attemptCell', { number: attempt })}</Cell>}
      <Cell cut>{servedText(figures, t)}</Cell>
    </>
  );
}

function Cell({ children, cut = false }: { children: ReactNode; cut?: boolean }) {
  return <span className={cut ? 'receipt-cell min-w-0 truncate' : 'receipt-cell'}>{children}</span>;
}

/** "4.1 s"; what is too short for tenths of a second in milliseconds. */
function durationText(ms: number): string {
  return ms < 100 ? milliseconds(ms) : seconds(ms);
}
