import { create } from 'zustand';
import type { ConversationOrder, Place } from '../../../shared/contract/conversation';
import { useSelection } from './selection';

/** Which conversations the list shows, and in which order. */
export interface ListView {
  readonly place: Place;
  /** Only those with this tag; null for all. */
  readonly tag: string | null;
  readonly order: ConversationOrder;
}

export const PLACES: readonly Place[] = ['list', 'archive', 'trash'];
export const ORDERS: readonly ConversationOrder[] = ['used', 'title', 'cost'];

export const useListView = create<ListView>()(() => ({ place: 'list', tag: null, order: 'used' }));

/** Shows other conversations, or the same in another order. What was selected may not be among them. */
export function changeView(change: Partial<ListView>): void {
  useSelection.getState().clear();
  useListView.setState(change);
}
