import { Check, ChevronLeft, ChevronRight, Copy, RefreshCw } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run } from '../../../shared/contract/conversation';
import type { MessageId } from '../../../shared/ids';
import { milliseconds, seconds } from '../../ui/format';
import { IconButton } from '../../ui/icon-button';
import { Perforation } from '../../ui/perforation';
import { Elapsed } from './elapsed';
import type { ReceiptFigures } from './receipt-figures';
import { CostText, servedText, tokensText } from './receipt-text';
import { Slip } from './slip';
import { useCopy } from './use-copy';

export interface ReceiptProps {
  figures: ReceiptFigures;
  /** The ledger row; null while the answer runs, when there is nothing to open yet. */
  run: Run | null;
  /** When a running answer began. */
  startedAt: number | null;
  /** The answer's words; null while they are still arriving. */
  text: string | null;
  versions: readonly MessageId[];
  version: MessageId;
  onVersion: (id: MessageId) => void;
  /** Null while it is not possible. */
  onAnswerAgain: (() => void) | null;
}

/** What an answer cost, its tokens, its time and who served it. Opens the slip. */
export function Receipt(props: ReceiptProps) {
  const { figures, run, startedAt, text, versions, version, onVersion, onAnswerAgain } = props;
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const slipId = useId();
  const cells = <Cells figures={figures} startedAt={startedAt} />;
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
        {run && (
          <div className="-mr-1.5 ml-auto flex flex-none items-center">
            {versions.length > 1 && (
              <Versions ids={versions} current={version} onSelect={onVersion} />
            )}
            {text !== null && text !== '' && <CopyButton text={text} />}
            <IconButton
              label={t('receipt.answerAgain')}
              icon={RefreshCw}
              small
              className="text-text-3"
              disabled={onAnswerAgain === null}
              onClick={() => onAnswerAgain?.()}
            />
          </div>
        )}
      </div>
      {run && open && (
        <div id={slipId}>
          <Perforation />
          <Slip run={run} figures={figures} />
        </div>
      )}
    </div>
  );
}

function Cells({ figures, startedAt }: { figures: ReceiptFigures; startedAt: number | null }) {
  const { t } = useTranslation();
  const time = figures.totalMs;
  return (
    <>
      <Cell>
        <CostText cost={figures.cost} />
      </Cell>
      <Cell>{tokensText(figures, t)}</Cell>
      {startedAt !== null && (
        <Cell>
          <Elapsed since={startedAt} />
        </Cell>
      )}
      {startedAt === null && time !== null && <Cell>{durationText(time)}</Cell>}
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

function CopyButton({ text }: { text: string }) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  return (
    <IconButton
      label={copied ? t('chat.copied') : t('receipt.copy')}
      icon={copied ? Check : Copy}
      small
      className="text-text-3"
      onClick={() => copy(text)}
    />
  );
}

interface VersionsProps {
  ids: readonly MessageId[];
  current: MessageId;
  onSelect: (id: MessageId) => void;
}

function Versions({ ids, current, onSelect }: VersionsProps) {
  const { t } = useTranslation();
  const at = ids.indexOf(current);
  const previous = ids[at - 1];
  const next = ids[at + 1];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls
    <span
      role="group"
      aria-label={t('receipt.versions')}
      className="mr-1 inline-flex items-center text-text-2"
    >
      <IconButton
        label={t('receipt.previous')}
        icon={ChevronLeft}
        small
        className="w-5"
        disabled={previous === undefined}
        onClick={() => previous !== undefined && onSelect(previous)}
      />
      <span className="figures">{t('receipt.version', { at: at + 1, of: ids.length })}</span>
      <IconButton
        label={t('receipt.next')}
        icon={ChevronRight}
        small
        className="w-5"
        disabled={next === undefined}
        onClick={() => next !== undefined && onSelect(next)}
      />
    </span>
  );
}
