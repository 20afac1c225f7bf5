import { type RefObject, useEffect, useMemo, useRef } from 'react';
import type { ChatSettings } from '../../../shared/chat-settings';
import type { Conversation, Message } from '../../../shared/contract/conversation';
import type { Failure } from '../../../shared/errors';
import type { ConnectionId, MessageId } from '../../../shared/ids';
import { withinBudget } from '../../budget/budget-stop';
import { client } from '../../rpc/client';
import { failureOf } from '../../rpc/failure';
import { undoBranch, useRemoveMessages } from './branch-undo';
import { type MessageActions, recentModels } from './message-actions';
import { refreshConversation } from './refresh-conversation';
import type { ThreadHandle } from './thread';

export interface MessageActionParts {
  readonly conversation: Conversation;
  readonly connectionId: ConnectionId | null;
  readonly model: string | null;
  readonly settings: ChatSettings;
  readonly running: boolean;
  /** A message could be sent, if nothing ran. */
  readonly possible: boolean;
  readonly thread: RefObject<ThreadHandle | null>;
  readonly compare: (message: Message) => void;
  readonly fork: (messageId: MessageId) => void;
  readonly onProblem: (failure: Failure | null) => void;
}

/** What can be done with the messages of a conversation. The same object for as long as it can be. */
export function useMessageActions(parts: MessageActionParts): MessageActions {
  const { conversation, connectionId, model, settings, running, possible } = parts;
  const { thread, compare, fork, onProblem } = parts;
  const { id, presetId, messages } = conversation;
  const recent = recentModels(messages, model).join('\n');
  const remove = useRemoveMessages(id);
  const leaf = useRef<MessageId>(undefined);
  useEffect(() => {
    leaf.current = messages.at(-1)?.id;
  });
  return useMemo((): MessageActions => {
    const answerAgain = async ({ id: messageId }: Message, other?: string) => {
      const asked = other ?? model;
      if (connectionId === null || asked === null) return;
      onProblem(null);
      const targets = [{ connectionId, model: asked }];
      const before = leaf.current;
      try {
        const again = { conversationId: id, messageId, targets, settings, presetId };
        const sent = await withinBudget((sendAnyway) =>
          client.runs.answerAgain({ ...again, sendAnyway }),
        );
        if (!sent) return;
        undoBranch(id, before);
        await refreshConversation(id);
        thread.current?.toEnd();
      } catch (error) {
        onProblem(failureOf(error));
      }
    };
    return {
      connectionId,
      selectVersion: (messageId: MessageId) => {
        const before = leaf.current;
        client.conversations.selectBranch({ id, messageId }).then(
          () => {
            undoBranch(id, before);
            return refreshConversation(id);
          },
          (error: unknown) => onProblem(failureOf(error)),
        );
      },
      compare,
      fork: (messageId) => fork(messageId),
      remove,
      answerAgain:
        possible && !running ? (message, other) => void answerAgain(message, other) : null,
      addAnswer: possible ? (message, other) => void answerAgain(message, other) : null,
      models: recent === '' ? [] : recent.split('\n'),
    };
  }, [
    id,
    presetId,
    connectionId,
    model,
    settings,
    running,
    possible,
    thread,
    compare,
    fork,
    remove,
    onProblem,
    recent,
  ]);
}
