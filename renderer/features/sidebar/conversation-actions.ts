import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { ConversationSummary } from '../../../shared/contract/conversation';
import type { ConversationId } from '../../../shared/ids';
import { client, orpc, queryClient } from '../../rpc/client';
import { notify } from '../../ui/toaster';

export interface ConversationActions {
  readonly rename: (id: ConversationId, title: string) => void;
  readonly pin: (item: ConversationSummary) => void;
  readonly remove: (item: ConversationSummary) => void;
}

/** What can be done to a conversation from the list. Deleting can be undone for six seconds. */
export function useConversationActions(): ConversationActions {
  const { t } = useTranslation();
  const [path, navigate] = useLocation();

  const change = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
    } catch {
      notify({ text: t('sidebar.notChanged') });
      return false;
    }
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: orpc.conversations.list.key() }),
      queryClient.invalidateQueries({ queryKey: orpc.conversations.get.key() }),
    ]);
    return true;
  };

  const restore = async (item: ConversationSummary, wasOpen: boolean) => {
    const done = await change(() => client.conversations.restore({ ids: [item.id] }));
    if (done && wasOpen) navigate(`/chat/${item.id}`);
  };

  const remove = async (item: ConversationSummary) => {
    const wasOpen = path === `/chat/${item.id}`;
    if (wasOpen) navigate('/chat', { replace: true });
    const done = await change(() => client.conversations.remove({ ids: [item.id] }));
    if (!done) return;
    notify({
      text: t('sidebar.deleted', { title: item.title }),
      action: { label: t('sidebar.undo'), onSelect: () => void restore(item, wasOpen) },
    });
  };

  return {
    rename: (id, title) => void change(() => client.conversations.rename({ id, title })),
    pin: ({ id, pinned }) => void change(() => client.conversations.pin({ id, pinned: !pinned })),
    remove: (item) => void remove(item),
  };
}
