import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatSettings } from '../../../shared/chat-settings';
import type { Conversation } from '../../../shared/contract/conversation';
import type { Target } from '../../../shared/contract/run';
import { withinBudget } from '../../budget/budget-stop';
import { client } from '../../rpc/client';
import { failureOf } from '../../rpc/failure';
import { undoBranch } from './branch-undo';
import { compareAnswers } from './comparison-wanted';
import type { Editing } from './editing-context';
import { failureTitle } from './failure-text';
import { refreshConversation } from './refresh-conversation';
import type { ThreadHandle } from './thread';

export interface EditingParts {
  readonly conversation: Conversation;
  readonly connectionName: string;
  readonly targets: readonly Target[];
  readonly settings: ChatSettings;
  readonly hindrance: string | null;
  readonly price: Editing['price'];
  readonly thread: RefObject<ThreadHandle | null>;
}

/** How a message of a conversation is changed and sent anew. */
export function useEditing(parts: EditingParts): Editing {
  const { conversation, connectionName, targets, settings, hindrance, price, thread } = parts;
  const { id, presetId } = conversation;
  const { t } = useTranslation();
  return {
    hindrance,
    price,
    async send({ id: messageId, images }, text) {
      const changed = {
        conversationId: id,
        messageId,
        text,
        images: images.map((image) => image.id),
        settings,
        presetId,
        targets: [...targets],
      };
      const leaf = conversation.messages.at(-1)?.id;
      const sent = await withinBudget((sendAnyway) => client.runs.edit({ ...changed, sendAnyway }));
      if (!sent) return false;
      undoBranch(id, leaf);
      compareAnswers(sent);
      await refreshConversation(id);
      thread.current?.toEnd();
      return true;
    },
    reason: (error) =>
      failureTitle(failureOf(error), { name: connectionName, model: targets[0]?.model ?? '' }, t),
  };
}
