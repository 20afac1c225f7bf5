import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageId } from '../../../shared/ids';
import { useKeysOf } from '../../state/shortcuts';
import { IconButton } from '../../ui/icon-button';

export interface VersionsProps {
  ids: readonly MessageId[];
  current: MessageId;
  onSelect: (id: MessageId) => void;
  /** What the versions are of. */
  of: 'answer' | 'message';
  children?: ReactNode;
}

/** Which of several versions is shown, and the ways to those beside it. */
export function Versions({ ids, current, onSelect, of, children }: VersionsProps) {
  const { t } = useTranslation();
  const back = useKeysOf('previousAnswer');
  const forth = useKeysOf('nextAnswer');
  const answer = of === 'answer';
  const at = ids.indexOf(current);
  const previous = ids[at - 1];
  const next = ids[at + 1];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls
    <span
      role="group"
      aria-label={t(answer ? 'receipt.versions' : 'chat.versionsOfMessage')}
      className="mr-1 inline-flex items-center text-text-2"
    >
      <IconButton
        label={t(answer ? 'receipt.previous' : 'chat.previousMessage')}
        icon={ChevronLeft}
        {...(back === undefined ? {} : { shortcut: back })}
        small
        className="w-6"
        data-version="previous"
        disabled={previous === undefined}
        onClick={() => previous !== undefined && onSelect(previous)}
      />
      <span className="figures">{t('receipt.version', { at: at + 1, of: ids.length })}</span>
      <IconButton
        label={t(answer ? 'receipt.next' : 'chat.nextMessage')}
        icon={ChevronRight}
        {...(forth === undefined ? {} : { shortcut: forth })}
        small
        className="w-6"
        data-version="next"
        disabled={next === undefined}
        onClick={() => next !== undefined && onSelect(next)}
      />
      {children}
    </span>
  );
}
