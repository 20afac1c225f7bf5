import { Ellipsis } from 'lucide-react';
import type { KeyboardEvent, MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { type ConversationSummary, MAX_TITLE_LENGTH } from '../../../shared/contract/conversation';
import { useLiveConversation } from '../../live/use-live-runs';
import { conversationPlace } from '../../state/conversation-place';
import { Badge } from '../../ui/badge';
import { cx } from '../../ui/class-names';
import { ContextMenu } from '../../ui/context-menu';
import { IconButton } from '../../ui/icon-button';
import { InlineField } from '../../ui/inline-field';
import { MAC_KEYS } from '../../ui/key-combination';
import { Menu } from '../../ui/menu';
import { Spinner } from '../../ui/spinner';
import { TotalCost } from '../../ui/total-cost';
import {
  ConversationContextItems,
  ConversationMenuItems,
  type RowActions,
} from './conversation-menu';
import { SelectBox } from './select-box';
import { useIsSelecting, useSelection } from './selection';

/** How a click or a key adds to what is selected. */
export type Choosing = 'toggle' | 'range';

export interface ConversationRowProps {
  item: ConversationSummary;
  /** Names the row to the list. */
  rowKey: string;
  /** Its place and the number of all, for assistive technology. */
  position: number;
  count: number;
  /** Tab stops here; the arrow keys move from row to row. */
  focusable: boolean;
  renaming: boolean;
  /** Demo money among real money is marked. */
  markDemo: boolean;
  actions: RowActions;
  onFocus: () => void;
  onChoose: (how: Choosing) => void;
  /** null: leave the title as it is. */
  onRename: (title: string | null) => void;
}

/** One conversation: its title, then what it cost; while it answers the cost gives way. */
export function ConversationRow(props: ConversationRowProps) {
  const { item, position, count, focusable, renaming, actions, onRename, onChoose } = props;
  const { t } = useTranslation();
  const [path] = useLocation();
  const selecting = useIsSelecting();
  const chosen = useSelection(({ selection }) => selection.ids.has(item.id));
  const current = conversationPlace(path)?.conversationId === item.id;

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
    if (event.key === ' ') onChoose('toggle');
    else if (event.key === 'F2' && item.place !== 'trash') actions.rename();
    else if (event.key === 'Delete' || (MAC_KEYS && event.key === 'Backspace')) {
      if (item.place === 'trash') actions.purge();
      else actions.remove();
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
    onChoose(how);
  };
  const row = (
    // biome-ignore lint/a11y/useSemanticElements: the virtual list has wrappers no <ul> may have
    <div
      role="listitem"
      aria-posinset={position}
      aria-setsize={count}
      onClickCapture={click}
      className={cx(
        'group mx-2 flex items-center rounded-2 transition-colors duration-(--m-fast) select-none has-data-[state=open]:bg-surface-hover',
        current || chosen ? 'bg-surface-active' : 'hover:bg-surface-hover',
      )}
    >
      {selecting && (
        <SelectBox
          label={t('sidebar.selectOne', { title: item.title })}
          checked={chosen}
          onChange={() => onChoose('toggle')}
        />
      )}
      <Link
        href={`/chat/${item.id}`}
        aria-current={current ? 'page' : undefined}
        data-row={props.rowKey}
        draggable={false}
        tabIndex={focusable ? 0 : -1}
        onFocus={props.onFocus}
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
      {!selecting && (
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
            <ConversationMenuItems item={item} actions={actions} />
          </Menu>
        </span>
      )}
    </div>
  );
  return (
    <ContextMenu trigger={row}>
      <ConversationContextItems item={item} actions={actions} />
    </ContextMenu>
  );
}

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
        <Badge key={tag}>{tag}</Badge>
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
