import { describe, expect, it } from 'vitest';
import {
  type ConversationRow,
  conversationRows,
} from '../../../renderer/features/sidebar/conversation-rows';
import { currentConnection } from '../../../renderer/state/current-connection';
import { wantsKey } from '../../../renderer/state/key-need';
import type { Connection } from '../../../shared/contract/connection';
import { conversationSummary } from '../../../shared/contract/conversation';
import { connectionId } from '../../../shared/ids';
import { describedConnection } from '../../fixtures/connections';

const NOW = new Date(2026, 10, 22, 12).getTime();
const DAY = 86_400_000;

const conversation = (id: number, title: string, daysAgo: number, pinned = false) =>
  conversationSummary.parse({
    id,
    title,
    updatedAt: NOW - daysAgo * DAY,
    pinned,
    isDemo: false,
    unread: false,
    tags: [],
    place: 'list',
    total: { known: 0n, estimated: 0n, unknown: 0, running: 0, runs: 0 },
  });

const LIST = { place: 'list', order: 'used' } as const;

const groupsOf = (rows: readonly ConversationRow[]) =>
  rows.map((row) => (row.kind === 'heading' ? row.group : row.item.id));

const server = (id: number, over: Partial<Connection> = {}): Connection =>
  describedConnection({ id: connectionId.parse(id), ...over });

describe('the list of conversations', () => {
  const items = [
    conversation(1, 'Pinned, long ago', 300, true),
    conversation(2, 'Today', 0),
    conversation(3, 'Also today', 0),
    conversation(4, 'Yesterday', 1),
    conversation(3, 'Read twice', 0),
    conversation(5, 'October', 40),
  ];

  it('has a heading over each group and each conversation once', () => {
    expect(groupsOf(conversationRows(items, NOW, LIST))).toEqual([
      'pinned',
      1,
      'today',
      2,
      3,
      'yesterday',
      4,
      '2026-10',
      5,
    ]);
  });

  it('numbers conversations, not headings', () => {
    const positions = conversationRows(items, NOW, LIST).flatMap((row) =>
      row.kind === 'conversation' ? [row.position] : [],
    );
    expect(positions).toEqual([1, 2, 3, 4, 5]);
  });

  it('is divided by time only where the order is by time', () => {
    const byCost = conversationRows(items, NOW, { place: 'list', order: 'cost' });
    expect(groupsOf(byCost)).toEqual(['pinned', 1, 'rest', 2, 3, 4, 5]);
    const unpinned = conversationRows(items.slice(1), NOW, { place: 'list', order: 'title' });
    expect(groupsOf(unpinned)).toEqual([2, 3, 4, 5]);
  });

  it('knows pinned ones in the list only', () => {
    const archived = conversationRows(items.slice(0, 2), NOW, { place: 'archive', order: 'used' });
    expect(groupsOf(archived)).toEqual(['2026-1', 1, 'today', 2]);
  });
});

describe('the current connection', () => {
  const demo = server(1, { isDemo: true, keyState: 'missing' });
  const real = server(2);

  it('is the last used one, else the first real one, else the demo', () => {
    expect(currentConnection([demo, real], 1)).toBe(demo);
    expect(currentConnection([demo, real], 9)).toBe(real);
    expect(currentConnection([demo], null)).toBe(demo);
    expect(currentConnection([], null)).toBeNull();
  });

  it('asks for a key only where nothing can be sent without one', () => {
    expect(wantsKey(demo)).toBe(false);
    expect(wantsKey(real)).toBe(false);
    expect(wantsKey(server(3, { keyState: 'missing' }))).toBe(true);
    expect(wantsKey(server(3, { keyState: 'missing', profile: 'ollama' }))).toBe(false);
    expect(wantsKey(server(3, { keyState: 'unreadable', profile: 'other' }))).toBe(true);
  });
});
