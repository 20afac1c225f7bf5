import { create } from 'zustand';
import type { Sent } from '../../../shared/contract/run';
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

/** Has the answers shown beside each other that were asked for together, however soon they end. */
export function compareAnswers({ conversationId: id, runs }: Sent): void {
  const [first, second] = runs;
  if (first && second) useComparisonWanted.setState({ wanted: { id, messageId: first.messageId } });
}
