import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import type { ConversationId, MessageId } from '../../../shared/ids';
import { client } from '../../rpc/client';
import { failureOf } from '../../rpc/failure';
import { useCommand } from '../../state/commands';
import { notify } from '../../ui/toaster';
import { rereadConversation } from './refresh-conversation';

type Undo = () => Promise<void>;

/** So many steps back are kept of each conversation. */
const STEPS = 50;

/** What undoes the last changes of the branches of each conversation, the last one last. */
const useSteps = create<Readonly<Record<number, readonly Undo[]>>>()(() => ({}));

/** Keeps what undoes a change that was made. */
export function keepUndo(id: ConversationId, undo: Undo): void {
  useSteps.setState((now) => ({ [id]: [...(now[id] ?? []), undo].slice(-STEPS) }));
}

/** Takes the branch that is shown back to the one that ended with this message; the other one stays. */
export function undoBranch(id: ConversationId, leaf: MessageId | undefined): void {
  if (leaf === undefined) return;
  keepUndo(id, () => client.conversations.selectBranch({ id, messageId: leaf }));
}

/** Undoes a change now, and forgets it among those that the key would undo. */
export async function undoNow(id: ConversationId, undo: Undo): Promise<void> {
  useSteps.setState((now) => ({ [id]: (now[id] ?? []).filter((one) => one !== undo) }));
  await undo();
  // A copy that was undone cannot be read any more.
  await rereadConversation(id).catch(() => undefined);
}

/** The key that undoes the last change of the branches of a conversation. */
export function useUndoCommand(id: ConversationId): void {
  const { t } = useTranslation();
  const last = useSteps((now) => now[id]?.at(-1));
  useCommand(
    'undo',
    last
      ? () =>
          void undoNow(id, last).then(
            () => notify({ text: t('chat.undone') }),
            () => notify({ text: t('chat.notUndone') }),
          )
      : null,
  );
}

/** Deletes a message, or it and all that follows, and offers to undo it. */
export function useRemoveMessages(
  id: ConversationId,
): (messageId: MessageId, following: boolean) => void {
  const { t } = useTranslation();
  return useCallback(
    async (messageId, following) => {
      try {
        const removed = await client.conversations.removeMessages({ id, messageId, following });
        const undo = () => client.conversations.restoreMessages({ id, removed });
        keepUndo(id, undo);
        await rereadConversation(id);
        notify({
          text: t('chat.messagesDeleted', { count: removed.messages.length }),
          action: {
            label: t('chat.undo'),
            onSelect: () =>
              void undoNow(id, undo).catch(() => notify({ text: t('chat.notUndone') })),
          },
        });
      } catch (error) {
        const running = failureOf(error).code === 'conflict';
        notify({ text: t(running ? 'chat.deleteRunning' : 'chat.notChanged') });
      }
    },
    [id, t],
  );
}
