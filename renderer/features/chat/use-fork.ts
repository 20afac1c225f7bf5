import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { ConversationId, MessageId } from '../../../shared/ids';
import { client, orpc, queryClient } from '../../rpc/client';
import { notify } from '../../ui/toaster';
import { keepUndo } from './branch-undo';

/**
 * Goes on from a message in a conversation of its own, with all that was said up to it or so many of the
 * newest messages. The same function for as long as the conversation is open.
 */
export function useFork(id: ConversationId): (messageId: MessageId, newest?: number) => void {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return useCallback(
    (messageId, newest) => {
      client.conversations.fork({ id, messageId, newest: newest ?? null }).then(
        (copy) => {
          void queryClient.invalidateQueries({ queryKey: orpc.conversations.list.key() });
          navigate(`/chat/${copy}`);
          const undo = async () => {
            await client.conversations.remove({ ids: [copy] });
            void queryClient.invalidateQueries({ queryKey: orpc.conversations.list.key() });
            navigate(`/chat/${id}`);
          };
          keepUndo(copy, undo);
          notify({
            text: t('chat.forked'),
            action: {
              label: t('chat.undo'),
              onSelect: () => void undo().catch(() => notify({ text: t('chat.notUndone') })),
            },
          });
        },
        () => notify({ text: t('chat.notForked') }),
      );
    },
    [id, t, navigate],
  );
}
