import { create } from 'zustand';
import type { ConversationId, MessageId } from '../../../shared/ids';
import { openConversation } from '../../state/conversation-place';

interface ComparisonWanted {
  readonly wanted: { readonly id: ConversationId; readonly messageId: MessageId } | null;
  readonly done: () => void;
}

/** A comparison that is to be opened with its conversation. */
export const useComparisonWanted = create<ComparisonWanted>()((set) => ({
  wanted: null,
  done: () => set({ wanted: null }),
}));

/** Opens a conversation with the answers beside this one. */
export function openComparison(id: ConversationId, messageId: MessageId): void {
  useComparisonWanted.setState({ wanted: { id, messageId } });
  openConversation(id);
}
