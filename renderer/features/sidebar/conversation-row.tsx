import { Ellipsis } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type ConversationSummary, MAX_TITLE_LENGTH } from '../../../shared/contract/conversation';
import { useLiveConversation } from '../../live/use-live-runs';
import { Badge } from '../../ui/badge';
import { cx } from '../../ui/class-names';
import { ContextMenu } from '../../ui/context-menu';
import { IconButton } from '../../ui/icon-button';
import { InlineField } from '../../ui/inline-field';
import { MAC_KEYS } from '../../ui/key-combination';
import { Menu } from '../../ui/menu';
import { Spinner } from '../../ui/spinner';
import { TotalCost } from '../../ui/total-cost';
import { ConversationContextItems, ConversationMenuItems } from './conversation-menu';
import type { Choosing, RowWork } from './row-work';
import { SelectBox } from './select-box';
import { useIsSelecting, useSelection } from './selection';

export interface ConversationRowProps {
  item: ConversationSummary;
  /** Names the row to the list. */
  rowKey: string;
  /** Its place and the number of all, for assistive technology. */
  position: number;
  count: number;
  /** It is open. */
  current: boolean;
  /** Tab stops here; the arrow keys move from row to row. */
  focusable: boolean;
  renaming: boolean;
  /** Demo money among real money is marked. */
  markDemo: boolean;
  /** Always the same object. */
  work: RowWork;
}

/** One conversation: its title, then what it cost; while it answers the cost gives way. */
export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { item, position, count, current, focusable, renaming, work } = props;
  const { t } = useTranslation();
  const selecting = useIsSelecting();
  const chosen = useSelection(({ selection }) => selection.ids.has(item.id));
  // A menu is much for a row that nobody is at.
  const [near, setNear] = useState(false);

  if (renaming) {
    return (
      // biome-ignore lint/a11y/useSemanticElements: the virtual list has wrappers no <ul> may have
      <div role="listitem" aria-posinset={position} aria-setsize={count} className="h-8 px-2">
        <InlineField
          label={t('sidebar.title')}
          value={item.title}
          maxLength={MAX_TITLE_LENGTH}
          onDone={(title) => work.renamed(item, title)}
          className="h-8 w-full rounded-2 border border-line-control bg-surface px-[7px]"
        />
      </div>
    );
  }

  const press = (event: KeyboardEvent) => {
    if (event.key === ' ') work.choose(item, 'toggle');
    else if (event.key === 'F2' && item.place !== 'trash') work.rename(item);
    else if (event.key === 'Delete' || (MAC_KEYS && event.key === 'Backspace')) {
      if (item.place === 'trash') work.purge(item);
      else work.remove(item);
    } else return;
    event.preventDefault();
  };
  // Before the link sees it: it would open the conversation.
  const click = (event: MouseEvent) => {
    const inLink = event.target instanceof Element && event.target.closest('a') !== null;
    if (!inLink) return;
    const how = choosingOf(event, selecting);
    if (how === null) return;
    event.preventDefault();
    event.stopPropagation();
    work.choose(item, how);
  };
  const row = (
    // biome-ignore lint/a11y/useSemanticElements: the virtual list has wrappers no <ul> may have
    <div
      role="listitem"
      aria-posinset={position}
      aria-setsize={count}
      onClickCapture={click}
      onPointerEnter={() => setNear(true)}
      className={cx(
        'group mx-2 flex items-center rounded-2 transition-colors duration-(--m-fast) select-none has-data-[state=open]:bg-surface-hover',
        current || chosen ? 'bg-surface-active' : 'hover:bg-surface-hover',
      )}
    >
      {selecting && (
        <SelectBox
          label={t('sidebar.selectOne', { title: item.title })}
          checked={chosen}
          onChange={() => work.choose(item, 'toggle')}
        />
      )}
      <Link
        href={`/chat/${item.id}`}
        aria-current={current ? 'page' : undefined}
        data-row={props.rowKey}
        draggable={false}
        tabIndex={focusable ? 0 : -1}
        onFocus={() => work.focused(item)}
        onKeyDown={press}
        className={cx(
          'min-w-0 flex-1 rounded-2 px-2',
          current ? 'font-medium text-text' : 'text-text-2',
        )}
      >
        <span className="flex h-8 min-w-0 items-center gap-2">
          <span className="min-w-0 flex-1 truncate" dir="auto">
            {item.title}
          </span>
          <RowEnd item={item} markDemo={props.markDemo} />
        </span>
        {item.tags.length > 0 && <Tags tags={item.tags} />}
      </Link>
      {!selecting && (near || focusable) && (
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
            <ConversationMenuItems item={item} work={work} />
          </Menu>
        </span>
      )}
    </div>
  );
  return (
    <ContextMenu trigger={row}>
      <ConversationContextItems item={item} work={work} />
    </ContextMenu>
  );
});

function choosingOf(event: MouseEvent, selecting: boolean): Choosing | null {
  // The keyboard's Enter is a click too; it carries no count.
  if (event.shiftKey) return 'range';
  if (MAC_KEYS ? event.metaKey : event.ctrlKey) return 'toggle';
  return selecting ? 'toggle' : null;
}

/** Where tags are set they stand in a line of their own. */
function Tags({ tags }: { tags: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <span className="-mt-1 flex h-5 min-w-0 items-center gap-1 overflow-hidden pb-1">
      <span className="sr-only">{t('sidebar.tagged')}</span>
      {tags.map((tag) => (
        <Badge key={tag} className="max-w-full flex-none truncate">
          {tag}
        </Badge>
      ))}
    </span>
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
          <TotalCost total={item.total} />
        </>
      )}
    </span>
  );
}
