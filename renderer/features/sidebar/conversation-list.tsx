import {
  type KeyboardEvent,
  type Ref,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { useLocation } from 'wouter';
import type { ConversationSummary } from '../../../shared/contract/conversation';
import type { ConversationId } from '../../../shared/ids';
import { conversationPlace } from '../../state/conversation-place';
import { useCurrentConnection } from '../../state/current-connection';
import { useToday } from '../../state/today';
import { isCombination } from '../../ui/key-combination';
import { type Chosen, type ConversationActions, chosenOne } from './conversation-actions';
import { allIds, type ConversationPages } from './conversation-pages';
import { ConversationRow as Row } from './conversation-row';
import { type ConversationRow, conversationRows } from './conversation-rows';
import { GroupName } from './group-name';
import { useListView } from './list-view';
import { moveOf, useRowFocus } from './row-focus';
import { type Choosing, useSteadyWork } from './row-work';
import { extendedTo, selectAll, selected, toggled, useSelection } from './selection';

export interface ConversationListHandle {
  focusFirst: () => void;
}

interface ConversationListProps {
  ref: Ref<ConversationListHandle>;
  pages: ConversationPages;
  actions: ConversationActions;
  onTag: (chosen: Chosen) => void;
  onPurge: (chosen: Chosen) => void;
  /** The arrow up on the first row. */
  onLeave: () => void;
}

/** How near the end of what was read the next page is asked for, in rows. */
const AHEAD = 50;

/** The conversations of a place in groups. Only the rows in view exist. */
export function ConversationList(props: ConversationListProps) {
  const { ref, pages, actions, onTag, onPurge, onLeave } = props;
  const { t } = useTranslation();
  const [path] = useLocation();
  const today = useToday();
  const view = useListView();
  const { place, order } = view;
  const rows = useMemo(
    () => conversationRows(pages.items, today, { place, order }),
    [pages.items, today, place, order],
  );
  const isDemo = useCurrentConnection()?.isDemo ?? true;
  const [renaming, setRenaming] = useState<ConversationId | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useRef<VirtualizerHandle>(null);
  const open = conversationPlace(path)?.conversationId;
  const first = open === undefined ? null : rowKey(open);
  const focus = useRowFocus(rows, { scroller, virtual, first, onLeave });
  const { change, clear } = useSelection.getState();
  useImperativeHandle(ref, () => ({ focusFirst: () => focus.move('first') }));
  useShowOpen(first, rows, virtual);

  const readAhead = () => {
    const handle = virtual.current;
    if (!handle) return;
    const last = handle.findItemIndex(handle.scrollOffset + handle.viewportSize);
    if (last > rows.length - AHEAD) pages.readMore();
  };
  const choose = (id: ConversationId, how: Choosing) => {
    const listed = pages.items.map((item) => item.id);
    change((now) => (how === 'toggle' ? toggled(now, id) : extendedTo(now, id, listed)));
  };
  const press = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement) return;
    const to = moveOf(event);
    if (event.shiftKey && to !== null) {
      event.preventDefault();
      const from = rows.find((row) => row.key === focus.key);
      if (useSelection.getState().selection.anchor === null && from?.kind === 'conversation') {
        choose(from.item.id, 'toggle');
      }
      const target = rows.find((row) => row.key === focus.move(to));
      if (target?.kind === 'conversation') choose(target.item.id, 'range');
    } else if (isCombination(event.nativeEvent, 'Mod+A')) {
      event.preventDefault();
      const read = pages.items.map((item) => item.id);
      if (read.length < pages.count) void selectAll(read, allIds(view));
      else change(() => selected(read));
    } else if (event.key === 'Escape' && useSelection.getState().selection.ids.size > 0) {
      event.preventDefault();
      clear();
    } else focus.onKeyDown(event);
  };
  /** All that is selected, when this one is; else this one alone. */
  const chosenWith = (item: ConversationSummary): Chosen => {
    const { ids } = useSelection.getState().selection;
    return ids.has(item.id) && ids.size > 1 ? { ids: [...ids], title: null } : chosenOne(item);
  };
  /** Does it to a row that is about to leave. */
  const leaving = (work: (chosen: Chosen) => void) => (item: ConversationSummary) => {
    focus.leave(rowKey(item.id));
    work(chosenWith(item));
  };
  const work = useSteadyWork({
    rename: ({ id }) => setRenaming(id),
    renamed: ({ id }, title) => {
      setRenaming(null);
      if (title !== null) actions.rename(id, title);
      focus.restore(rowKey(id));
    },
    pin: actions.pin,
    tag: (item) => onTag(chosenWith(item)),
    choose: ({ id }, how) => choose(id, how),
    archive: (item, archived) => leaving((chosen) => actions.archive(chosen, archived))(item),
    remove: leaving(actions.remove),
    restore: leaving(actions.restore),
    purge: (item) => onPurge(chosenWith(item)),
    focused: ({ id }) => focus.set(rowKey(id)),
  });

  return (
    // biome-ignore lint/a11y/useSemanticElements: the rows of a virtual list are not its children
    <div
      ref={scroller}
      role="list"
      aria-label={t('sidebar.conversations')}
      onKeyDown={press}
      className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto py-1 [scrollbar-width:none]"
    >
      {pages.loaded && rows.length === 0 && (
        // biome-ignore lint/a11y/useSemanticElements: as its list is none either
        <div role="listitem" className="px-4 py-4 text-12 text-text-3">
          {view.tag !== null ? t('sidebar.emptyTag') : t(`sidebar.emptyPlaces.${place}`)}
        </div>
      )}
      <Virtualizer
        ref={virtual}
        scrollRef={scroller}
        startMargin={4}
        data={rows}
        itemSize={32}
        keepMounted={focus.mounted}
        onScroll={readAhead}
      >
        {(row) =>
          row.kind === 'heading' ? (
            <h3
              key={row.key}
              role="presentation"
              className="px-4 pt-3 pb-1 text-11 font-medium text-text-3 select-none"
            >
              <GroupName group={row.group} at={row.at} today={today} order={order} />
            </h3>
          ) : (
            <Row
              key={row.key}
              rowKey={row.key}
              item={row.item}
              position={row.position}
              count={pages.count}
              current={row.item.id === open}
              focusable={row.key === focus.key}
              renaming={renaming === row.item.id}
              markDemo={!isDemo}
              work={work}
            />
          )
        }
      </Virtualizer>
    </div>
  );
}

function rowKey(id: ConversationId): string {
  return `conversation ${id}`;
}

/** Brings the conversation into view when another one is opened from elsewhere. */
function useShowOpen(
  key: string | null,
  rows: readonly ConversationRow[],
  virtual: RefObject<VirtualizerHandle | null>,
): void {
  const latest = useRef(rows);
  useEffect(() => {
    latest.current = rows;
  });
  useEffect(() => {
    const index = key === null ? -1 : latest.current.findIndex((row) => row.key === key);
    if (index >= 0) virtual.current?.scrollToIndex(index, { align: 'nearest' });
  }, [key, virtual]);
}
