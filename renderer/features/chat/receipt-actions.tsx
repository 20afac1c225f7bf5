import {
  Check,
  ChevronLeft,
  ChevronRight,
  Columns3,
  Copy,
  Ellipsis,
  FileCode,
  RefreshCw,
} from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageId, RunId } from '../../../shared/ids';
import { IconButton } from '../../ui/icon-button';
import { Menu, MenuItem } from '../../ui/menu';
import { InspectRun } from './inspect-request';
import { useCopy } from './use-copy';

export interface ReceiptActionsProps {
  runId: RunId;
  /** The answer's words; null while they are still arriving. */
  text: string | null;
  versions: readonly MessageId[];
  version: MessageId;
  onVersion: (id: MessageId) => void;
  /** Shows the versions side by side. */
  onCompare: () => void;
  /** Null while it is not possible. */
  onAnswerAgain: (() => void) | null;
}

/** What can be done with an answer, at the right of its receipt. */
export function ReceiptActions(props: ReceiptActionsProps) {
  const { runId, text, versions, version, onVersion, onCompare, onAnswerAgain } = props;
  const { t } = useTranslation();
  return (
    <div className="-mr-1.5 ml-auto flex flex-none items-center">
      {versions.length > 1 && (
        <Versions ids={versions} current={version} onSelect={onVersion} onCompare={onCompare} />
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
      <AnswerMenu runId={runId} />
    </div>
  );
}

/** What is rarely wanted of an answer. */
export function AnswerMenu({ runId }: { runId: RunId }) {
  const { t } = useTranslation();
  const [inspecting, setInspecting] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Menu trigger={<IconButton ref={button} label={t('receipt.more')} icon={Ellipsis} small />}>
        <MenuItem icon={FileCode} onSelect={() => setInspecting(true)}>
          {t('inspect.title')}
        </MenuItem>
      </Menu>
      <InspectRun runId={runId} open={inspecting} onOpenChange={setInspecting} returnTo={button} />
    </>
  );
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
  onCompare: () => void;
}

function Versions({ ids, current, onSelect, onCompare }: VersionsProps) {
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
      <IconButton
        label={t('compare.open')}
        icon={Columns3}
        small
        className="text-text-3"
        onClick={onCompare}
      />
    </span>
  );
}
