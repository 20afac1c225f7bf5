import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ConversationSummary } from '../../../shared/contract/conversation';
import type { ConversationId } from '../../../shared/ids';
import { client, orpc } from '../../rpc/client';
import type { ListView } from './list-view';

const PAGE_SIZE = 200;
/** The most that main gives at once. */
const LARGEST_PAGE = 500;

export interface ConversationPages {
  readonly items: readonly ConversationSummary[];
  /** All there are, also those not yet read. */
  readonly count: number;
  readonly loaded: boolean;
  readonly readMore: () => void;
}

/** The pages of a list, as the page's cache knows them. */
export function pagesOptions(view: ListView) {
  return orpc.conversations.list.infiniteOptions({
    input: (offset: number) => ({ ...view, offset, limit: PAGE_SIZE }),
    initialPageParam: 0,
    getNextPageParam: (last, _pages, offset) => {
      const next = offset + last.items.length;
      return last.items.length > 0 && next < last.count ? next : undefined;
    },
  });
}

/** The list in pages, as far as it was scrolled. */
export function useConversationPages(view: ListView): ConversationPages {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    pagesOptions(view),
  );
  const readMore = () => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  };
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  return { items, count: data?.pages.at(-1)?.count ?? 0, loaded: data !== undefined, readMore };
}

/** Every conversation of a list, also those that were not read yet. */
export async function allIds(view: ListView): Promise<readonly ConversationId[]> {
  const ids: ConversationId[] = [];
  for (;;) {
    const page = await client.conversations.list({
      ...view,
      offset: ids.length,
      limit: LARGEST_PAGE,
    });
    ids.push(...page.items.map(({ id }) => id));
    if (page.items.length === 0 || ids.length >= page.count) return ids;
  }
}
