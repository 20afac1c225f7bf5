import { useLocation } from 'wouter';
import { queryClient } from '../../rpc/client';
import { useCommand } from '../../state/commands';
import { conversationPlace, openConversation } from '../../state/conversation-place';
import { pagesOptions } from './conversation-pages';
import { useListView } from './list-view';

/** Opens the conversation below or above the open one in the list, whether or not the list is there. */
export function useConversationSteps(): void {
  const [path] = useLocation();
  const view = useListView();
  const step = async (by: 1 | -1) => {
    const { pages } = await queryClient.ensureInfiniteQueryData(pagesOptions(view));
    const items = pages.flatMap((page) => page.items);
    const open = conversationPlace(path)?.conversationId;
    const at = items.findIndex((item) => item.id === open);
    // With none of them open, down is to the first.
    const target = items[at < 0 ? 0 : at + by];
    if (target) openConversation(target.id);
  };
  useCommand('nextConversation', () => void step(1));
  useCommand('previousConversation', () => void step(-1));
}
