import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/contract/connection';
import type { Conversation, Message } from '../../../shared/contract/conversation';
import type { Failure } from '../../../shared/errors';
import type { ConversationId, MessageId } from '../../../shared/ids';
import { useLiveRunsOf } from '../../live/use-live-runs';
import { client, orpc, queryClient } from '../../rpc/client';
import { failureOf } from '../../rpc/failure';
import { useCurrentConnection } from '../../state/current-connection';
import { Announcer } from './announcer';
import { ChatBanner } from './chat-banner';
import { Comparison } from './comparison';
import { Composer } from './composer';
import { useConversationChanges } from './conversation-changes';
import { ConversationHeader } from './conversation-header';
import { hindranceOf } from './hindrance';
import type { MessageActions } from './messages';
import { MissingConversation } from './missing-conversation';
import { ModelPicker } from './model-picker';
import { Thread, type ThreadHandle } from './thread';
import { useComparison } from './use-comparison';
import { useStopKey } from './use-stop-key';

/** A stored conversation, read and shown. */
export function OpenConversation({ id }: { id: ConversationId }) {
  const conversation = useQuery(orpc.conversations.get.queryOptions({ input: { id } }));
  const connections = useQuery(orpc.connections.list.queryOptions());
  const current = useCurrentConnection();
  if (conversation.isError && !conversation.data) {
    return <MissingConversation failure={failureOf(conversation.error)} />;
  }
  if (!conversation.data || !connections.data) return null;
  const own = connections.data.find((one) => one.id === conversation.data.connectionId);
  return <Loaded conversation={conversation.data} connection={own ?? current} />;
}

interface LoadedProps {
  conversation: Conversation;
  connection: Connection | null;
}

function Loaded({ conversation, connection }: LoadedProps) {
  const { t } = useTranslation();
  const { id, messages, model, settings } = conversation;
  const changes = useConversationChanges(conversation);
  const live = useLiveRunsOf(id);
  const running = live.length > 0;
  const comparison = useComparison(messages, live);
  const { open: compare, close: closeComparison } = comparison;
  const thread = useRef<ThreadHandle>(null);
  const [problem, setProblem] = useState<Failure | null>(null);
  const hindrance = hindranceOf(connection, model);
  const connectionId = connection?.id ?? null;

  const stop = useCallback(() => {
    for (const { runId } of live) void client.runs.stop({ runId }).catch(() => {});
  }, [live]);
  useStopKey(running, stop);
  useMarkRead(conversation);

  const send = async (text: string) => {
    if (connectionId === null || model === null) return;
    setProblem(null);
    const targets = [{ connectionId, model }];
    await client.runs.send({ conversationId: id, targets, text, images: [], settings });
    await refresh(id);
    thread.current?.toEnd();
  };

  const actions = useMemo((): MessageActions => {
    const possible = !running && hindrance === null;
    const answerAgain = async (message: Message) => {
      if (connectionId === null || model === null) return;
      setProblem(null);
      const messageId = message.id;
      try {
        await client.runs.answerAgain({
          conversationId: id,
          messageId,
          targets: [{ connectionId, model }],
          settings,
        });
        await refresh(id);
        thread.current?.toEnd();
      } catch (error) {
        setProblem(failureOf(error));
      }
    };
    return {
      connectionId,
      selectVersion: (messageId: MessageId) => {
        client.conversations.selectBranch({ id, messageId }).then(
          () => refresh(id),
          (error: unknown) => setProblem(failureOf(error)),
        );
      },
      compare,
      answerAgain: possible ? (message) => void answerAgain(message) : null,
    };
  }, [id, compare, connectionId, model, settings, running, hindrance]);

  return (
    <>
      {comparison.shown === null ? (
        <>
          <ConversationHeader
            title={conversation.title}
            total={conversation.total}
            isDemo={conversation.isDemo}
            onRename={changes.rename}
            onDelete={changes.remove}
          />
          <ChatBanner connection={connection} />
          <Thread ref={thread} messages={messages} actions={actions} />
        </>
      ) : (
        <Comparison
          conversation={conversation}
          answerId={comparison.shown}
          connectionId={connectionId}
          onClose={closeComparison}
          onContinue={actions.selectVersion}
          banner={<ChatBanner connection={connection} />}
        />
      )}
      <div className="composer-dock">
        <Composer
          draft={conversation.draft}
          connectionName={connection?.name ?? ''}
          model={model ?? ''}
          running={running}
          hindrance={hindrance && t(`composer.${hindrance}`)}
          problem={problem}
          onSend={send}
          onStop={stop}
          onSaveDraft={changes.saveDraft}
          picker={
            connection && (
              <ModelPicker
                connection={connection}
                model={model}
                onChoose={changes.choose(connection)}
              />
            )
          }
        />
      </div>
      <Announcer message={lastAnswer(messages)} running={running} />
    </>
  );
}

/** Shows a change at once instead of with the next message of the feed. */
async function refresh(id: ConversationId): Promise<void> {
  const { queryKey } = orpc.conversations.get.queryOptions({ input: { id } });
  await queryClient.invalidateQueries({ queryKey });
}

function lastAnswer(messages: readonly Message[]): Message | null {
  return messages.findLast((message) => message.role === 'assistant') ?? null;
}

function useMarkRead({ id, unread }: Conversation): void {
  useEffect(() => {
    if (unread) void client.conversations.markRead({ id }).catch(() => {});
  }, [id, unread]);
}
