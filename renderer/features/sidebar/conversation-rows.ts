import type { ConversationSummary } from '../../../shared/contract/conversation';
import { type TimeGroup, timeGroup } from '../../ui/format';
import type { ListView } from './list-view';

/** `rest`: everything that is not pinned, where the order is not by time. */
export type RowGroup = 'pinned' | 'rest' | TimeGroup;

/** What the list draws: headings, and conversations with their place among all of them. */
export type ConversationRow =
  | {
      readonly kind: 'heading';
      readonly key: string;
      readonly group: RowGroup;
      readonly at: number;
    }
  | {
      readonly kind: 'conversation';
      readonly key: string;
      readonly item: ConversationSummary;
      readonly position: number;
    };

/**
 * Puts a heading over each group. The list comes pinned first, then in its order, and may hold one
 * twice when something moved between the reading of two pages.
 */
export function conversationRows(
  items: readonly ConversationSummary[],
  now: number,
  { place, order }: Pick<ListView, 'place' | 'order'>,
): readonly ConversationRow[] {
  const rows: ConversationRow[] = [];
  const seen = new Set<number>();
  let current: RowGroup | null = null;
  for (const item of items) {
    if (seen.has(item.id)) continue;
    seen.add(item.id);
    const group = groupOf(item, now, { place, order });
    // One group alone needs no name when the order has none.
    if (group !== current && !(group === 'rest' && current === null)) {
      rows.push({ kind: 'heading', key: `heading ${group}`, group, at: item.updatedAt });
    }
    current = group;
    rows.push({ kind: 'conversation', key: `conversation ${item.id}`, item, position: seen.size });
  }
  return rows;
}

function groupOf(
  { pinned, updatedAt }: ConversationSummary,
  now: number,
  { place, order }: Pick<ListView, 'place' | 'order'>,
): RowGroup {
  if (pinned && place === 'list') return 'pinned';
  return order === 'used' ? timeGroup(updatedAt, now) : 'rest';
}
