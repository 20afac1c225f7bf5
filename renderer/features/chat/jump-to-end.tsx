import { ArrowDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeysOf } from '../../state/shortcuts';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/icon-button';

export interface JumpToEndProps {
  atEnd: boolean;
  /** An answer grows at the end. */
  growing: boolean;
  /** How many messages there are. */
  count: number;
  onJump: () => void;
}

/** The way back to the newest message; says so when there is something new down there. */
export function JumpToEnd({ atEnd, growing, count, onJump }: JumpToEndProps) {
  const { t } = useTranslation();
  const keys = useKeysOf('jumpToEnd');
  const isNew = useIsNew(atEnd, growing, count);
  if (atEnd) return null;
  return (
    <div className="jump-to-end">
      {isNew ? (
        <button
          type="button"
          className="jump-new"
          aria-label={t('chat.jumpToNew')}
          onClick={onJump}
        >
          <span aria-hidden="true" className="size-1.5 rounded-full bg-accent" />
          {t('chat.newBelow')}
          <Icon icon={ArrowDown} small />
        </button>
      ) : (
        <IconButton
          label={t('chat.jumpToEnd')}
          icon={ArrowDown}
          side="top"
          {...(keys === undefined ? {} : { shortcut: keys })}
          className="size-8 rounded-full border border-line-strong bg-surface-raised shadow-low"
          onClick={onJump}
        />
      )}
    </div>
  );
}

/** Whether something has come, or grows, since the reader left the end. */
function useIsNew(atEnd: boolean, growing: boolean, count: number): boolean {
  const [left, setLeft] = useState<{ readonly count: number; readonly grew: boolean } | null>(null);
  useEffect(() => {
    setLeft((before) => {
      if (atEnd) return null;
      const grew = growing || (before?.grew ?? false);
      return { count: before?.count ?? count, grew };
    });
  }, [atEnd, growing, count]);
  return left !== null && (left.grew || count > left.count);
}
