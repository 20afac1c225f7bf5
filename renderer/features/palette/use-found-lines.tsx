import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { MessageSquare, TextQuote } from 'lucide-react';
import { useLocation } from 'wouter';
import type { SearchHit } from '../../../shared/contract/search';
import { parseSearch } from '../../../shared/search-query';
import { orpc } from '../../rpc/client';
import { conversationPlace, openConversation } from '../../state/conversation-place';
import { isWorthSearching } from '../../state/conversation-search';
import { moment } from '../../ui/format';
import { TotalCost } from '../../ui/total-cost';
import type { PaletteLine } from './palette-lines';

/** How many are read, and how many of each kind are shown. */
const READ = 30;
const RECENT = 6;
const TITLES = 5;
const MESSAGES = 6;

interface FoundLines {
  readonly conversations: readonly PaletteLine[];
  readonly messages: readonly PaletteLine[];
  /** They are what was found for all that is typed. */
  readonly settled: boolean;
}

/** Conversations by their titles and by their messages; with nothing typed, the last used ones. */
export function useFoundLines(typed: string): FoundLines {
  const [path] = useLocation();
  const open = conversationPlace(path)?.conversationId;
  const query = typed.trim();
  const searching = isWorthSearching(query) && parseSearch(query).ok;
  const { data: recent } = useQuery(
    orpc.conversations.list.queryOptions({ input: { offset: 0, limit: RECENT + 1 } }),
  );
  const {
    data: found,
    isPending,
    isPlaceholderData,
  } = useQuery({
    ...orpc.search.find.queryOptions({
      input: searching ? { query, offset: 0, limit: READ, order: 'newest' } : skipToken,
    }),
    // Without it each letter would empty the list for a moment.
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  if (query === '') {
    const others = (recent?.items ?? []).filter(({ id }) => id !== open);
    return { conversations: others.slice(0, RECENT).map(recentLine), messages: [], settled: true };
  }
  const hits = searching ? (found?.hits ?? []) : [];
  const titled = hits.filter(({ title }) => title.some(({ hit }) => hit));
  const said = hits.filter(({ messageId, excerpt }) => messageId !== null && excerpt.length > 0);
  return {
    conversations: titled.slice(0, TITLES).map(titleLine),
    messages: said.slice(0, MESSAGES).map(messageLine),
    settled: !searching || !(isPending || isPlaceholderData),
  };
}

type Recent = Pick<SearchHit, 'total'> & {
  readonly id: SearchHit['conversationId'];
  readonly title: string;
};

function recentLine({ id, title, total }: Recent): PaletteLine {
  return {
    key: `conversation ${id}`,
    icon: MessageSquare,
    label: [{ text: title, hit: false }],
    end: <TotalCost total={total} />,
    run: () => openConversation(id),
  };
}

function titleLine({ conversationId, title, total }: SearchHit): PaletteLine {
  return {
    key: `conversation ${conversationId}`,
    icon: MessageSquare,
    label: title,
    end: <TotalCost total={total} />,
    run: () => openConversation(conversationId),
  };
}

function messageLine(hit: SearchHit): PaletteLine {
  const { conversationId, messageId, title, excerpt, at } = hit;
  return {
    key: `message ${messageId}`,
    icon: TextQuote,
    label: oneLine(excerpt),
    end: (
      <>
        <span className="min-w-0 truncate">{title.map(({ text }) => text).join('')}</span>
        <span className="flex-none">{moment(at, Date.now())}</span>
      </>
    ),
    run: () => openConversation(conversationId, messageId),
  };
}

/** So that the first hit is in sight, little stands before it. */
const BEFORE_HIT = 24;

function oneLine(parts: SearchHit['excerpt']): SearchHit['excerpt'] {
  const [first, ...others] = parts.map(({ text, hit }) => ({
    text: text.replace(/\s+/g, ' '),
    hit,
  }));
  if (!first || first.hit || others.length === 0) return first ? [first, ...others] : [];
  const words = first.text.slice(-BEFORE_HIT);
  const cut = first.text.length > BEFORE_HIT ? words.slice(words.indexOf(' ') + 1) : words;
  return [{ text: cut, hit: false }, ...others];
}
