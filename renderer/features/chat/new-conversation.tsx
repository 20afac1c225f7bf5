import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Connection } from '../../../shared/contract/connection';
import type { Message } from '../../../shared/contract/conversation';
import type { AttachmentId } from '../../../shared/ids';
import { withinBudget } from '../../budget/budget-stop';
import type { StartPreset } from '../../preset/use-start-preset';
import { client, orpc } from '../../rpc/client';
import { useAfterFirstPaint } from '../../state/first-paint';
import { TotalParts } from '../../ui/total-parts';
import { targetsOf } from './asked-models';
import { AskingChips, AskingPanel, AskingTools } from './asking-tools';
import { ChatBanner } from './chat-banner';
import { compareAnswers } from './comparison-wanted';
import { Composer } from './composer';
import { useComposing } from './composing';
import { NewConversationHeader } from './conversation-header';
import { hindranceOf } from './hindrance';
import { StartOptions } from './start-options';
import { type Asked, useAsked } from './use-asked';
import { useMonth } from './use-month';
import { useNewDraft } from './use-new-draft';
import { useStart } from './use-start';
import { useWrittenDraft } from './use-written-draft';

/** Where a conversation begins: what was spent so far, and a composer. */
export function NewConversation() {
  const { t } = useTranslation();
  const { connection, start, model, choose, change } = useStart();
  const isDemo = connection?.isDemo ?? false;
  const { settings } = start;
  const whole = useAfterFirstPaint();
  const asked = useAsked({
    of: 'new',
    connection,
    model,
    values: settings.parameters,
    onChoose: choose,
  });
  return (
    <div className="chat-columns">
      <div className="chat-main">
        <NewConversationHeader isDemo={isDemo} />
        <ChatBanner
          connection={connection}
          conversationId={null}
          presetId={start.preset?.id ?? null}
        />
        <div className="start">
          <section className="start-column" aria-label={t('chat.newConversation')}>
            <h2 className="px-4 text-18 font-semibold tracking-[-0.01em]">
              {t('chat.startTitle')}
            </h2>
            <p className="min-h-5 px-4 pt-1 pb-4 text-text-2">
              {whole && <MonthLine isDemo={isDemo} />}
            </p>
            <StartComposer connection={connection} asked={asked} start={start} onSwitch={change} />
            {whole && <StartOptions isDemo={isDemo} />}
          </section>
        </div>
      </div>
      <AskingPanel
        asked={asked}
        connection={connection}
        settings={settings}
        preset={start}
        onChange={start.changeSettings}
      />
    </div>
  );
}

function MonthLine({ isDemo }: { isDemo: boolean }) {
  const { t } = useTranslation();
  const { total, name } = useMonth(isDemo);
  const nothing = total !== null && total.runs === 0 && total.running === 0;
  if (!total) return null;
  if (nothing) return t('chat.startNothing', { month: name });
  return (
    <>
      {t(isDemo ? 'chat.startDemoMonth' : 'chat.startMonth', { month: name })}{' '}
      <span className="font-semibold text-text">
        <TotalParts total={{ ...total, running: 0 }} className="ml-2 font-normal" />
      </span>
    </>
  );
}

interface StartComposerProps {
  connection: Connection | null;
  asked: Asked;
  start: StartPreset;
  onSwitch: (connection: Connection, model: string) => void;
}

/** The composer, once it is known what stands in it. */
function StartComposer(props: StartComposerProps) {
  const draft = useNewDraft();
  return draft === null ? (
    <div className="h-[86px]" />
  ) : (
    <Begin key={draft.key} {...props} draft={draft.stored} />
  );
}

function Begin({
  connection,
  asked,
  start,
  onSwitch,
  draft,
}: StartComposerProps & { draft: string | null }) {
  const written = useWrittenDraft('new', draft);
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const begun = useComposing((state) => state.begun);
  const [model] = asked.models;
  const { settings, opening } = start;
  const presetId = start.preset?.id ?? null;
  const starting = useQuery(orpc.connections.list.queryOptions()).isPlaceholderData;
  const hindrance = hindranceOf(connection, model ?? null);

  const send = async (text: string, images: AttachmentId[]) => {
    if (!connection) return false;
    const targets = targetsOf(connection.id, asked);
    const beginning = await start.prepared();
    if (!beginning) return false;
    const message = { conversationId: null, text, images, presetId };
    const sent = await withinBudget(
      (sendAnyway) => client.runs.send({ ...message, ...beginning, targets, sendAnyway }),
      (instead) => asked.only(instead.model),
    );
    if (!sent) return false;
    compareAnswers(sent);
    begun(sent.conversationId);
    start.begun();
    navigate(`/chat/${sent.conversationId}`);
    return true;
  };

  return (
    <Composer
      of="new"
      written={written}
      messages={NO_MESSAGES}
      settings={settings}
      connectionName={connection?.name ?? ''}
      asked={asked}
      running={false}
      starting={starting}
      hindrance={hindrance && t(`composer.${hindrance}`)}
      problem={null}
      chips={<AskingChips asked={asked} connection={connection} />}
      tools={
        <AskingTools
          begun={false}
          asked={asked}
          connection={connection}
          settings={settings}
          preset={start}
          onChangeSettings={start.changeSettings}
          onSwitch={onSwitch}
        />
      }
      preview={(text, images) =>
        connection && model !== undefined
          ? {
              message: { conversationId: null, text, images, settings, presetId, opening },
              targets: targetsOf(connection.id, asked),
            }
          : null
      }
      onPreset={(chosen) => void start.choose(chosen)}
      onSend={send}
      onStop={nothing}
      onSendNow={nothing}
    />
  );
}

const NO_MESSAGES: readonly Message[] = [];

/** Nothing runs and nothing waits in a conversation that has not begun. */
function nothing(): void {}
