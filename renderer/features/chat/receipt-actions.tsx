import { Check, Columns3, Copy, RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MessageId, RunId } from '../../../shared/ids';
import { useKeysOf } from '../../state/shortcuts';
import { IconButton } from '../../ui/icon-button';
import { AnswerMenu } from './answer-menu';
import { useCopy } from './use-copy';
import { Versions } from './versions';

export interface ReceiptActionsProps {
  /** Its request; null where it has none, as what was brought from elsewhere. */
  runId: RunId | null;
  /** The answer's words; null while they are still arriving. */
  text: string | null;
  versions: readonly MessageId[];
  version: MessageId;
  onVersion: (id: MessageId) => void;
  /** Shows the versions side by side. */
  onCompare: () => void;
  /** Goes on from here in a conversation of its own. */
  onFork: () => void;
  /** Deletes the answer, or it and all that follows. */
  onRemove: (following: boolean) => void;
  /** Asks the model of the conversation, or another. Null while it is not possible. */
  onAnswerAgain: ((model?: string) => void) | null;
  /** Models that were asked lately. */
  models: readonly string[];
}

/** What can be done with an answer, at the right of its receipt. */
export function ReceiptActions(props: ReceiptActionsProps) {
  const { runId, text, versions, version, models } = props;
  const { onVersion, onCompare, onFork, onRemove, onAnswerAgain } = props;
  const { t } = useTranslation();
  const keys = useKeysOf('answerAgain');
  return (
    <div className="-mr-1.5 ml-auto flex flex-none items-center">
      {versions.length > 1 && (
        <Versions ids={versions} current={version} onSelect={onVersion} of="answer">
          <IconButton
            label={t('compare.open')}
            icon={Columns3}
            small
            className="text-text-3"
            onClick={onCompare}
          />
        </Versions>
      )}
      {text !== null && text !== '' && <CopyButton text={text} />}
      <IconButton
        label={t('receipt.answerAgain')}
        icon={RefreshCw}
        {...(keys === undefined ? {} : { shortcut: keys })}
        small
        className="text-text-3"
        disabled={onAnswerAgain === null}
        onClick={() => onAnswerAgain?.()}
      />
      <AnswerMenu
        runId={runId}
        words={text === null ? null : { messageId: version, text }}
        again={{ models, ask: onAnswerAgain }}
        onFork={onFork}
        onRemove={onRemove}
      />
    </div>
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
