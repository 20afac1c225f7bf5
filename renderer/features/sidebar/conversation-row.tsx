import { Ellipsis } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { type ConversationSummary, MAX_TITLE_LENGTH } from '../../../shared/contract/conversation';
import { useLiveConversation } from '../../live/use-live-runs';
import { Badge } from '../../ui/badge';
import { cx } from '../../ui/class-names';
import { ContextMenu } from '../../ui/context-menu';
import { IconButton } from '../../ui/icon-button';
import { InlineField } from '../../ui/inline-field';
import { Menu } from '../../ui/menu';
import { Spinner } from '../../ui/spinner';
import { ConversationCost } from './conversation-cost';
import { ConversationContextItems, ConversationMenuItems } from './conversation-menu';

export interface ConversationRowProps {
  item: ConversationSummary;
  /** Its place and the number of all, for assistive technology. */
  position: number;
  count: number;
  /** Tab stops here; the arrow keys move from row to row. */
  focusable: boolean;
  renaming: boolean;
  /** Demo money among real money is marked. */
  markDemo: boolean;
  onFocus: () => void;
  onStartRename: () => void;
  /** null: leave the title as it is. */
  onRename: (title: string | null) => void;
  onPin: () => void;
  onDelete: () => void;
}

/** One conversation: its title, then what it cost; while it answers the cost gives way. */
export function ConversationRow(props: ConversationRowProps) {
  const { item, position, count, focusable, renaming, onRename, onStartRename, onDelete } = props;
  const { t } = useTranslation();
  const [path] = useLocation();
  const current = path === `/chat/${item.id}`;

  if (renaming) {
    return (
      // biome-ignore lint/a11y/useSemanticElements: the virtual list has wrappers no <ul> may have
      <div role="listitem" aria-posinset={position} aria-setsize={count} className="h-8 px-2">
        <InlineField
          label={t('sidebar.title')}
          value={item.title}
          maxLength={MAX_TITLE_LENGTH}
          onDone={onRename}
          className="h-8 w-full rounded-2 border border-line-control bg-surface px-[7px]"
        />
      </div>
    );
  }

  const press = (event: KeyboardEvent) => {
    if (event.key === 'F2') onStartRename();
    else if (event.key === 'Delete') onDelete();
    else return;
    event.preventDefault();
  };
  const row = (
    // biome-ignore lint/a11y/useSemanticElements: the virtual list has wrappers no <ul> may have
    <div
      role="listitem"
      aria-posinset={position}
      aria-setsize={count}
      className={cx(
        'group mx-2 flex h-8 items-center rounded-2 transition-colors duration-(--m-fast) has-data-[state=open]:bg-surface-hover',
        current ? 'bg-surface-active' : 'hover:bg-surface-hover',
      )}
    >
      <Link
        href={`/chat/${item.id}`}
        aria-current={current ? 'page' : undefined}
        data-conversation={item.id}
        tabIndex={focusable ? 0 : -1}
        onFocus={props.onFocus}
        onKeyDown={press}
        className={cx(
          'flex h-8 min-w-0 flex-1 items-center gap-2 rounded-2 px-2',
          current ? 'font-medium text-text' : 'text-text-2',
        )}
      >
        <span className="min-w-0 flex-1 truncate">{item.title}</span>
        <RowEnd item={item} markDemo={props.markDemo} />
      </Link>
      <span className="-ml-1 hidden group-focus-within:block group-hover:block has-data-[state=open]:block">
        <Menu
          trigger={
            <IconButton
              label={t('sidebar.more')}
              icon={Ellipsis}
              small
              tabIndex={focusable ? 0 : -1}
            />
          }
        >
          <ConversationMenuItems {...props} />
        </Menu>
      </span>
    </div>
  );
  return (
    <ContextMenu trigger={row}>
      <ConversationContextItems {...props} />
    </ContextMenu>
  );
}

function RowEnd({ item, markDemo }: { item: ConversationSummary; markDemo: boolean }) {
  const { t } = useTranslation();
  const live = useLiveConversation(item.id);
  return (
    <span className="figures flex items-center gap-1.5 text-12 font-normal text-text-3">
      {live ? (
        <Spinner label={t('sidebar.answering')} />
      ) : (
        <>
          {item.unread && (
            <span
              role="img"
              aria-label={t('sidebar.newAnswer')}
              className="size-1.5 rounded-full bg-accent"
            />
          )}
          {markDemo && item.isDemo && <Badge>{t('sidebar.demo')}</Badge>}
          <ConversationCost total={item.total} />
        </>
      )}
    </span>
  );
}
