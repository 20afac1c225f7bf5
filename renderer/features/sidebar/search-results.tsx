import { keepPreviousData, skipToken, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { useLocation } from 'wouter';
import { type SearchHit, type SearchOrder, searchOrder } from '../../../shared/contract/search';
import { orpc } from '../../rpc/client';
import { useChangeSettings } from '../../state/change-settings';
import { conversationPlace, openConversation } from '../../state/conversation-place';
import { cx } from '../../ui/class-names';
import { SmallSelect } from '../../ui/small-select';
import type { ConversationListHandle } from './conversation-list';
import { HitRow } from './hit-row';
import { useRowFocus } from './row-focus';
import { askedQuery } from './search-words';
import { type SearchState, WantedFirst } from './wanted-first';

export interface SearchResultsHandle extends ConversationListHandle {
  openFirst: () => void;
}

interface SearchResultsProps {
  ref: Ref<SearchResultsHandle>;
  query: string;
  /** The arrow up on the first row. */
  onLeave: () => void;
  /** Esc anywhere in the list. */
  onClear: () => void;
}

const PAGE_SIZE = 50;
/** How near the end of what was read the next page is asked for, in rows. */
const AHEAD = 20;

/** What was found, and in which order. Only the rows in view exist. */
export function SearchResults({ ref, query, onLeave, onClear }: SearchResultsProps) {
  const { t } = useTranslation();
  const [path] = useLocation();
  const [order, changeOrder] = useSearchOrder();
  const { hits, more, loaded, state, readMore } = useHits(query, order);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useRef<VirtualizerHandle>(null);
  const rows = useMemo(
    () => hits.map((hit) => ({ kind: 'hit', key: `hit ${hit.conversationId}`, hit })),
    [hits],
  );
  const focus = useRowFocus(rows, { scroller, virtual, first: null, onLeave });
  const [wanted] = useState(() => new WantedFirst());
  const openWhenDue = () => {
    const [first] = hits;
    if (wanted.isDue(query, state) && first)
      openConversation(first.conversationId, first.messageId);
  };
  useImperativeHandle(ref, () => ({
    focusFirst: () => focus.move('first'),
    openFirst: () => {
      wanted.want(query);
      openWhenDue();
    },
  }));
  useEffect(openWhenDue);
  const readAhead = () => {
    const handle = virtual.current;
    if (!handle) return;
    const last = handle.findItemIndex(handle.scrollOffset + handle.viewportSize);
    if (last > rows.length - AHEAD) readMore();
  };
  const open = conversationPlace(path)?.conversationId;
  return (
    <>
      <div
        className={cx(
          'flex flex-none items-center gap-2 text-12 text-text-3',
          rows.length > 0 || !loaded ? 'h-8 pr-2 pl-4' : 'px-4 py-4',
        )}
      >
        <p role="status" className="min-w-0 flex-1 truncate">
          {loaded && rows.length === 0 && t('search.nothing')}
          {rows.length > 0 && t(more ? 'search.foundMore' : 'search.found', { count: rows.length })}
        </p>
        {rows.length > 0 && (
          <SmallSelect
            label={t('search.order')}
            value={order}
            options={searchOrder.options.map((value) => ({
              value,
              label: t(`search.orders.${value}`),
            }))}
            onChange={(next) => {
              changeOrder(next);
              scroller.current?.scrollTo({ top: 0 });
            }}
          />
        )}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: the rows of a virtual list are not its children */}
      <div
        ref={scroller}
        role="list"
        aria-label={t('sidebar.conversations')}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return focus.onKeyDown(event);
          event.preventDefault();
          onClear();
        }}
        // Without rows it is no list: what there is to say says the status.
        className={cx(
          'min-h-0 flex-1 overflow-x-hidden overflow-y-auto py-1 [scrollbar-width:none]',
          rows.length === 0 && 'invisible',
        )}
      >
        <Virtualizer
          ref={virtual}
          data={rows}
          scrollRef={scroller}
          startMargin={4}
          itemSize={64}
          keepMounted={focus.mounted}
          onScroll={readAhead}
        >
          {({ key, hit }, index) => (
            <HitRow
              key={key}
              rowKey={key}
              hit={hit}
              position={index + 1}
              count={more ? -1 : rows.length}
              current={hit.conversationId === open}
              focusable={key === focus.key}
              onFocus={() => focus.set(key)}
            />
          )}
        </Virtualizer>
      </div>
    </>
  );
}

/** What stands first, as the user left it, and how to change it. */
function useSearchOrder(): [SearchOrder, (order: SearchOrder) => void] {
  const { data } = useQuery(orpc.app.settings.queryOptions());
  const change = useChangeSettings();
  return [data?.searchOrder ?? 'newest', (order) => change({ searchOrder: order })];
}

interface Hits {
  readonly hits: readonly SearchHit[];
  readonly more: boolean;
  readonly loaded: boolean;
  /** Of what was asked for last. */
  readonly state: SearchState;
  readonly readMore: () => void;
}

/** The pages of what was found. */
function useHits(query: string, order: SearchOrder): Hits {
  const asked = askedQuery(query);
  const found = useInfiniteQuery({
    ...orpc.search.find.infiniteOptions({
      input:
        asked !== null
          ? (offset: number) => ({ query: asked, offset, limit: PAGE_SIZE, order })
          : skipToken,
      initialPageParam: 0,
      getNextPageParam: (page, _pages, offset) => (page.more ? offset + PAGE_SIZE : undefined),
    }),
    // Without it each letter would empty the list for a moment.
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 10_000,
  });
  const { data, isError, isPlaceholderData } = found;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  const hits = useMemo(() => {
    const byId = new Map<number, SearchHit>();
    for (const hit of data?.pages.flatMap((page) => page.hits) ?? []) {
      if (!byId.has(hit.conversationId)) byId.set(hit.conversationId, hit);
    }
    return [...byId.values()];
  }, [data]);
  return {
    hits,
    more: hasNextPage,
    loaded: data !== undefined,
    state: data !== undefined && !isPlaceholderData ? 'found' : isError ? 'failed' : 'looking',
    readMore: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
  };
}
