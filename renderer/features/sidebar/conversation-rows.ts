import type { ConversationSummary } from '../../../shared/contract/conversation';
import { type TimeGroup, timeGroup } from '../../ui/format';

/** What the list draws: headings, and conversations with their place among all of them. */
export type ConversationRow =
  | {
      readonly kind: 'heading';
      readonly key: string;
      readonly group: 'pinned' | TimeGroup;
      readonly at: number;
    }
  | {
      readonly kind: 'conversation';
      readonly key: string;
      readonly item: ConversationSummary;
      readonly position: number;
    };

/**
 * Puts a heading over each group. The list comes pinned first, then the last used, and may hold one
 * twice when something moved between the reading of two pages.
 */
export function conversationRows(
  items: readonly ConversationSummary[],
  now: number,
): readonly ConversationRow[] {
  const rows: ConversationRow[] = [];
  const seen = new Set<number>();
  let current: string | null = null;
  for (const item of items) {
    if (seen.has(item.id)) continue;
    seen.add(item.id);
    const group = item.pinned ? 'pinned' : timeGroup(item.updatedAt, now);
    if (group !== current) {
      rows.push({ kind: 'heading', key: `heading ${group}`, group, at: item.updatedAt });
      current = group;
    }
    rows.push({ kind: 'conversation', key: `conversation ${item.id}`, item, position: seen.size });
  }
  return rows;
}

/** The conversations whose title contains the text. */
export function withTitle(
  items: readonly ConversationSummary[],
  filter: string,
): readonly ConversationSummary[] {
  const text = filter.trim().toLocaleLowerCase();
  if (text === '') return items;
  return items.filter((item) => item.title.toLocaleLowerCase().includes(text));
}
