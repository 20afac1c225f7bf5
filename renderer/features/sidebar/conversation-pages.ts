import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { ConversationSummary } from '../../../shared/contract/conversation';
import { orpc } from '../../rpc/client';

const PAGE_SIZE = 200;

export interface ConversationPages {
  readonly items: readonly ConversationSummary[];
  /** All there are, also those not yet read. */
  readonly count: number;
  readonly loaded: boolean;
  readonly readMore: () => void;
}

/** The list in pages, as far as it was scrolled; all of it while something is looked for. */
export function useConversationPages(all: boolean): ConversationPages {
  const query = useInfiniteQuery(
    orpc.conversations.list.infiniteOptions({
      input: (offset: number) => ({ offset, limit: PAGE_SIZE }),
      initialPageParam: 0,
      getNextPageParam: (last, _pages, offset) => {
        const next = offset + last.items.length;
        return last.items.length > 0 && next < last.count ? next : undefined;
      },
    }),
  );
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const readMore = () => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  };
  useEffect(() => {
    if (all && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [all, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  return { items, count: data?.pages.at(-1)?.count ?? 0, loaded: data !== undefined, readMore };
}
