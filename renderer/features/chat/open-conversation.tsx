import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/contract/connection';
import type { Conversation, Message } from '../../../shared/contract/conversation';
import type { Failure } from '../../../shared/errors';
import type { AttachmentId, ConversationId } from '../../../shared/ids';
import { withinBudget } from '../../budget/budget-stop';
import { readConversation } from '../../live/read-conversation';
import { useLiveRunsOf } from '../../live/use-live-runs';
import { useConversationPreset } from '../../preset/use-conversation-preset';
import { client, orpc } from '../../rpc/client';
import { failureOf } from '../../rpc/failure';
import { useCommand } from '../../state/commands';
import { useCurrentConnection } from '../../state/current-connection';
import { askTranscript } from '../../state/transcript-request';
import { Announcer } from './announcer';
import { targetsOf } from './asked-models';
import { AskingChips, AskingPanel, AskingTools } from './asking-tools';
import { useUndoCommand } from './branch-undo';
import { ChatBanner } from './chat-banner';
import { Comparison } from './comparison';
import { compareAnswers } from './comparison-wanted';
import { Composer } from './composer';
import { useConversationChanges } from './conversation-changes';
import { ConversationHeader } from './conversation-header';
import { EditPrice } from './edit-price';
import { EditingContext } from './editing-context';
import { hindranceOf } from './hindrance';
import { MissingConversation } from './missing-conversation';
import { NextTurnGauge } from './next-turn-gauge';
import { OtherModelDialog } from './other-model-dialog';
import { refreshConversation } from './refresh-conversation';
import { Thread, type ThreadHandle } from './thread';
import { useAsked } from './use-asked';
import { useComparison } from './use-comparison';
import { useEditing } from './use-editing';
import { useFork } from './use-fork';
import { useMessageActions } from './use-message-actions';
import { useQueueSending } from './use-queue-sending';
import { useSettings } from './use-settings';
import { useWrittenDraft } from './use-written-draft';

/** A stored conversation, read and shown. */
export function OpenConversation({ id }: { id: ConversationId }) {
  const conversation = useQuery({
    ...orpc.conversations.get.queryOptions({ input: { id } }),
    queryFn: () => readConversation(id),
  });
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
  const { id, messages, presetId } = conversation;
  const changes = useConversationChanges(conversation);
  const written = useWrittenDraft(id, conversation.draft);
  const live = useLiveRunsOf(id);
  const running = live.length > 0;
  const thread = useRef<ThreadHandle>(null);
  const [problem, setProblem] = useState<Failure | null>(null);
  const [settings, changeSettings] = useSettings(conversation.settings, changes.saveSettings);
  const preset = useConversationPreset({ conversation, settings, changeSettings });
  const comparison = useComparison(id, messages, live);
  const { open: compare, close: closeComparison } = comparison;
  const connectionId = connection?.id ?? null;
  const asked = useAsked({
    of: id,
    connection,
    model: conversation.model,
    values: settings.parameters,
    onChoose: (model) => connection && changes.choose(connection)(model),
  });
  const model = asked.models[0] ?? null;
  const hindrance = hindranceOf(connection, model);
  const fork = useFork(id);
  const leaf = messages.at(-1);

  const stop = useCallback(() => {
    for (const { runId } of live) void client.runs.stop({ runId }).catch(() => {});
  }, [live]);
  useCommand('stop', running ? stop : null);
  useUndoCommand(id);
  useMarkRead(conversation);

  const send = async (text: string, images: AttachmentId[], mayAsk = true) => {
    if (connectionId === null) return false;
    setProblem(null);
    // The next message goes on from the answer that is chosen; its own answers may open this again.
    closeComparison();
    const targets = targetsOf(connectionId, asked);
    const message = { conversationId: id, targets, text, images, settings, presetId };
    const leave = (sendAnyway: boolean) => client.runs.send({ ...message, sendAnyway });
    const sent = await (mayAsk
      ? withinBudget(leave, (instead) => asked.only(instead.model))
      : leave(false));
    if (!sent) return false;
    compareAnswers(sent);
    await refreshConversation(id);
    thread.current?.toEnd();
    return true;
  };
  const sendNow = useQueueSending(id, send, stop);

  const actions = useMessageActions({
    conversation,
    connectionId,
    model,
    settings,
    running,
    possible: hindrance === null,
    thread,
    compare,
    fork,
    onProblem: setProblem,
  });
  const editing = useEditing({
    conversation,
    connectionName: connection?.name ?? '',
    targets: connectionId === null ? [] : targetsOf(connectionId, asked),
    settings,
    hindrance: running ? t('chat.editRunning') : hindrance && t(`composer.${hindrance}`),
    price: (message, text) => (
      <EditPrice
        asked={asked}
        settings={settings}
        messages={messages}
        message={message}
        text={text}
      />
    ),
    thread,
  });

  const banner = <ChatBanner connection={connection} conversationId={id} presetId={presetId} />;
  return (
    <div className="chat-columns">
      <div className="chat-main">
        {comparison.shown === null ? (
          <>
            <ConversationHeader
              title={conversation.title}
              total={conversation.total}
              isDemo={conversation.isDemo}
              preset={preset}
              nextTurn={
                <NextTurnGauge
                  of={id}
                  asked={asked}
                  messages={messages}
                  settings={settings}
                  written={written}
                  onSettings={changeSettings}
                  onFork={running || !leaf ? null : (newest) => fork(leaf.id, newest)}
                />
              }
              onRename={changes.rename}
              onExport={() => askTranscript({ ids: [id], title: conversation.title })}
              onDelete={changes.remove}
            />
            {banner}
            <EditingContext value={editing}>
              <Thread
                ref={thread}
                conversationId={id}
                messages={messages}
                actions={actions}
                running={running}
              />
            </EditingContext>
          </>
        ) : (
          <Comparison
            conversation={conversation}
            answerId={comparison.shown}
            connectionId={connectionId}
            onClose={closeComparison}
            onContinue={actions.selectVersion}
            onAdd={actions.addAnswer}
            banner={banner}
          />
        )}
        <div className="composer-dock">
          <Composer
            of={id}
            written={written}
            messages={messages}
            settings={settings}
            connectionName={connection?.name ?? ''}
            asked={asked}
            running={running}
            hindrance={hindrance && t(`composer.${hindrance}`)}
            problem={problem}
            chips={<AskingChips asked={asked} connection={connection} />}
            tools={
              <AskingTools
                begun
                asked={asked}
                connection={connection}
                settings={settings}
                preset={preset}
                onChangeSettings={changeSettings}
                onSwitch={(other, chosen) => changes.choose(other)(chosen)}
              />
            }
            preview={(text, images) =>
              connectionId === null || model === null
                ? null
                : {
                    message: { conversationId: id, text, images, settings, presetId },
                    targets: targetsOf(connectionId, asked),
                  }
            }
            onPreset={(chosen) => void preset.choose(chosen)}
            onSend={send}
            onStop={stop}
            onSendNow={sendNow}
          />
        </div>
      </div>
      <AskingPanel
        asked={asked}
        connection={connection}
        settings={settings}
        preset={preset}
        onChange={changeSettings}
      />
      <OtherModelDialog connectionId={connectionId} />
      <Announcer message={lastAnswer(messages)} />
    </div>
  );
}

function lastAnswer(messages: readonly Message[]): Message | null {
  return messages.findLast((message) => message.role === 'assistant') ?? null;
}

function useMarkRead({ id, unread }: Conversation): void {
  useEffect(() => {
    if (unread) void client.conversations.markRead({ id }).catch(() => {});
  }, [id, unread]);
}
