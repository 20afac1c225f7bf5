import { type Ref, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import type { ConversationId } from '../../../shared/ids';
import { useCurrentConnection } from '../../state/current-connection';
import { useToday } from '../../state/today';
import { monthName, type TimeGroup } from '../../ui/format';
import { useConversationActions } from './conversation-actions';
import { useConversationPages } from './conversation-pages';
import { ConversationRow as Row } from './conversation-row';
import { type ConversationRow, conversationRows, withTitle } from './conversation-rows';
import { useRowFocus } from './row-focus';

export interface ConversationListHandle {
  focusFirst: () => void;
}

/** How near the end of what was read the next page is asked for, in rows. */
const AHEAD = 50;

/** All conversations in groups by time. Only the rows in view exist. */
export function ConversationList({
  ref,
  filter,
}: {
  ref: Ref<ConversationListHandle>;
  filter: string;
}) {
  const { t } = useTranslation();
  const today = useToday();
  const filtering = filter.trim() !== '';
  const pages = useConversationPages(filtering);
  const rows = useMemo(
    () => conversationRows(withTitle(pages.items, filter), today),
    [pages.items, filter, today],
  );
  const actions = useConversationActions();
  const isDemo = useCurrentConnection()?.isDemo ?? true;
  const [renaming, setRenaming] = useState<ConversationId | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useRef<VirtualizerHandle>(null);
  const focus = useRowFocus(rows, scroller, virtual);
  useImperativeHandle(ref, () => ({ focusFirst: () => focus.move('first') }));

  const readAhead = () => {
    const handle = virtual.current;
    if (!handle) return;
    const last = handle.findItemIndex(handle.scrollOffset + handle.viewportSize);
    if (last > rows.length - AHEAD) pages.readMore();
  };
  const count = filtering ? lastPosition(rows) : pages.count;

  return (
    // biome-ignore lint/a11y/useSemanticElements: the rows of a virtual list are not its children
    <div
      ref={scroller}
      role="list"
      aria-label={t('sidebar.conversations')}
      onKeyDown={focus.onKeyDown}
      className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto py-1 [scrollbar-width:none]"
    >
      {pages.loaded && rows.length === 0 && (
        <p className="px-4 py-4 text-12 text-text-3">
          {filtering ? t('sidebar.noMatch') : t('sidebar.empty')}
        </p>
      )}
      <Virtualizer
        ref={virtual}
        scrollRef={scroller}
        startMargin={4}
        itemSize={32}
        keepMounted={focus.mounted}
        onScroll={readAhead}
      >
        {rows.map((row) =>
          row.kind === 'heading' ? (
            <h3
              key={row.key}
              role="presentation"
              className="px-4 pt-3 pb-1 text-11 font-medium text-text-3 select-none"
            >
              <GroupName group={row.group} at={row.at} today={today} />
            </h3>
          ) : (
            <Row
              key={row.key}
              item={row.item}
              position={row.position}
              count={count}
              focusable={row.key === focus.key}
              renaming={renaming === row.item.id}
              markDemo={!isDemo}
              onFocus={() => focus.set(row.key)}
              onStartRename={() => setRenaming(row.item.id)}
              onRename={(title) => {
                setRenaming(null);
                if (title !== null) actions.rename(row.item.id, title);
                focus.restore(row.key);
              }}
              onPin={() => actions.pin(row.item)}
              onDelete={() => {
                focus.leave(row.key);
                actions.remove(row.item);
              }}
            />
          ),
        )}
      </Virtualizer>
    </div>
  );
}

function lastPosition(rows: readonly ConversationRow[]): number {
  const last = rows.at(-1);
  return last?.kind === 'conversation' ? last.position : 0;
}

function GroupName({
  group,
  at,
  today,
}: {
  group: 'pinned' | TimeGroup;
  at: number;
  today: number;
}) {
  const { t } = useTranslation();
  switch (group) {
    case 'pinned':
      return t('sidebar.pinned');
    case 'today':
      return t('sidebar.groupToday');
    case 'yesterday':
      return t('sidebar.groupYesterday');
    case 'month':
      return t('sidebar.groupMonth');
    default:
      return monthName(at, today);
  }
}
