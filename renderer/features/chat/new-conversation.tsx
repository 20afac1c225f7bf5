import { skipToken, useQuery } from '@tanstack/react-query';
import { ReceiptText } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { EMPTY_CHAT_SETTINGS } from '../../../shared/chat-settings';
import type { Connection } from '../../../shared/contract/connection';
import type { AttachmentId } from '../../../shared/ids';
import type { Total } from '../../../shared/money';
import { client, orpc } from '../../rpc/client';
import { useCurrentConnection } from '../../state/current-connection';
import { useToday } from '../../state/today';
import { monthName } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Money } from '../../ui/money';
import { UnknownCost } from '../../ui/unknown-cost';
import { targetsOf } from './asked-models';
import { AskingChips, AskingPanel, type AskingProps, AskingTools } from './asking-tools';
import { ChatBanner } from './chat-banner';
import { Composer } from './composer';
import { useComposing } from './composing';
import { NewConversationHeader } from './conversation-header';
import { hindranceOf } from './hindrance';
import { chatModels } from './model-lines';
import { useAsked } from './use-asked';

/** Where a conversation begins: what was spent so far, and a composer. */
export function NewConversation() {
  const { t } = useTranslation();
  const connection = useCurrentConnection();
  const isDemo = connection?.isDemo ?? false;
  const [settings, setSettings] = useState(EMPTY_CHAT_SETTINGS);
  const [model, choose] = useStartModel(connection);
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
        <ChatBanner connection={connection} />
        <div className="start">
          <section className="start-column" aria-label={t('chat.newConversation')}>
            <h2 className="px-4 text-18 font-semibold tracking-[-0.01em]">
              {t('chat.startTitle')}
            </h2>
            <MonthLine isDemo={isDemo} />
            <StartComposer connection={connection} asked={asked} settings={settings} />
            <SpendingLink isDemo={isDemo} />
          </section>
        </div>
      </div>
      <AskingPanel
        asked={asked}
        connection={connection}
        settings={settings}
        onChange={setSettings}
      />
    </div>
  );
}

function useMonth(isDemo: boolean): { total: Total | null; name: string } {
  const { data } = useQuery(orpc.app.spendingOverview.queryOptions());
  const today = useToday();
  const total = (isDemo ? data?.demoMonth : data?.month) ?? null;
  return { total, name: monthName(today, today) };
}

function MonthLine({ isDemo }: { isDemo: boolean }) {
  const { t } = useTranslation();
  const { total, name } = useMonth(isDemo);
  const nothing = total !== null && total.runs === 0 && total.running === 0;
  return (
    <p className="min-h-5 px-4 pt-1 pb-4 text-text-2">
      {nothing && t('chat.startNothing', { month: name })}
      {total && !nothing && (
        <>
          {t(isDemo ? 'chat.startDemoMonth' : 'chat.startMonth', { month: name })}{' '}
          <Money amount={total.known} className="font-semibold text-text" />
          {total.unknown > 0 && <UnknownCost count={total.unknown} className="ml-2" />}
        </>
      )}
    </p>
  );
}

function SpendingLink({ isDemo }: { isDemo: boolean }) {
  const { t } = useTranslation();
  const { total } = useMonth(isDemo);
  if (!total || total.runs === 0) return null;
  return (
    <nav className="start-options">
      <a href="#/spending">
        <Icon icon={ReceiptText} small className="text-text-3" />
        <span className="min-w-0 flex-1 truncate">{t('chat.openSpending')}</span>
      </a>
    </nav>
  );
}

function StartComposer({ connection, asked, settings }: AskingProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const begun = useComposing((state) => state.begun);
  // What was typed here before is read each time: it may have been sent or changed since.
  const draft = useQuery(orpc.conversations.newDraft.queryOptions({ gcTime: 0, staleTime: 0 }));
  const [model] = asked.models;
  const hindrance = hindranceOf(connection, model ?? null);
  if (draft.isPending) return <div className="h-[86px]" />;

  const send = async (text: string, images: AttachmentId[]) => {
    if (!connection) return;
    const targets = targetsOf(connection.id, asked);
    const sent = await client.runs.send({ conversationId: null, targets, text, images, settings });
    begun(sent.conversationId);
    navigate(`/chat/${sent.conversationId}`);
  };

  return (
    <Composer
      of="new"
      draft={draft.data ?? ''}
      connectionName={connection?.name ?? ''}
      model={model ?? ''}
      running={false}
      hindrance={hindrance && t(`composer.${hindrance}`)}
      problem={null}
      multiplier={asked.multiplier}
      blind={asked.blind}
      chips={<AskingChips asked={asked} connection={connection} />}
      tools={<AskingTools asked={asked} connection={connection} settings={settings} />}
      preview={(text, images) =>
        connection && model !== undefined
          ? {
              message: { conversationId: null, text, images, settings },
              targets: targetsOf(connection.id, asked),
            }
          : null
      }
      onSend={send}
      onStop={() => {}}
      onSaveDraft={(text) => client.conversations.saveDraft({ id: null, text })}
    />
  );
}

/** What the guide's examples ask; a fair start where it is offered. */
const GUIDE_MODEL = 'gpt-4o';

/** The model last used with this connection, else the guide's, else the first of the list. */
function useStartModel(connection: Connection | null): [string | null, (model: string) => void] {
  const { data: settings } = useQuery(orpc.app.settings.queryOptions());
  const [chosen, setChosen] = useState<string | null>(null);
  const id = connection?.id;
  const last = settings && settings.lastConnectionId === id ? settings.lastModel : null;
  const known = chosen ?? last;
  const wanted = id !== undefined && settings !== undefined && known === null;
  const catalogue = useQuery(
    orpc.connections.catalogue.queryOptions({ input: wanted ? { id } : skipToken }),
  );
  const offered = chatModels(catalogue.data?.models ?? []);
  const first = (offered.find((model) => model.id === GUIDE_MODEL) ?? offered[0])?.id ?? null;
  const choose = (model: string) => {
    setChosen(model);
    if (id === undefined) return;
    client.app.changeSettings({ lastModel: model, lastConnectionId: id }).catch(() => {});
  };
  return [known ?? first, choose];
}
