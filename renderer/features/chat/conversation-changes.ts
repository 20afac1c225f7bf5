import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { ChatSettings } from '../../../shared/chat-settings';
import type { Connection } from '../../../shared/contract/connection';
import type { Conversation, ConversationSummary } from '../../../shared/contract/conversation';
import { client, orpc, queryClient } from '../../rpc/client';
import { notify } from '../../ui/toaster';

export interface ConversationChanges {
  readonly rename: (title: string) => void;
  /** To the trash; a notice offers to undo it. */
  readonly remove: () => void;
  readonly choose: (connection: Connection) => (model: string) => void;
  readonly saveSettings: (settings: ChatSettings) => Promise<void>;
}

/** What can be changed of an open conversation. The screen shows it before it is stored. */
export function useConversationChanges({ id, title }: ConversationSummary): ConversationChanges {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return useMemo(() => {
    const { queryKey } = orpc.conversations.get.queryOptions({ input: { id } });
    const show = (change: Partial<Conversation>) => {
      queryClient.setQueryData<Conversation>(queryKey, (now) => now && { ...now, ...change });
    };
    const refresh = () => {
      void queryClient.invalidateQueries({ queryKey: orpc.conversations.list.key() });
      void queryClient.invalidateQueries({ queryKey });
    };
    const restore = async () => {
      await client.conversations.restore({ ids: [id] });
      refresh();
      navigate(`/chat/${id}`);
    };
    const failed = () => {
      notify({ text: t('chat.notChanged') });
      refresh();
    };
    return {
      rename(next) {
        show({ title: next });
        client.conversations.rename({ id, title: next }).then(refresh, failed);
      },
      remove() {
        client.conversations.remove({ ids: [id] }).then(() => {
          navigate('/chat');
          void queryClient.invalidateQueries({ queryKey: orpc.conversations.list.key() });
          notify({
            text: t('chat.deleted', { title }),
            action: { label: t('chat.undo'), onSelect: () => restore().catch(failed) },
          });
        }, failed);
      },
      choose: (connection) => (model) => {
        show({ model, connectionId: connection.id });
        client.conversations.choose({ id, connectionId: connection.id, model }).catch(failed);
        const last = { lastModel: model, lastConnectionId: connection.id };
        client.app.changeSettings(last).catch(() => {});
      },
      async saveSettings(settings) {
        show({ settings });
        try {
          await client.conversations.changeSettings({ id, settings });
          // What was read while they were on their way is older.
          show({ settings });
        } catch (error) {
          failed();
          throw error;
        }
      },
    };
  }, [id, title, t, navigate]);
}
