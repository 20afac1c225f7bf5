import { skipToken, useQuery } from '@tanstack/react-query';
import { ReceiptText } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { EMPTY_CHAT_SETTINGS } from '../../../shared/chat-settings';
import type { Connection } from '../../../shared/contract/connection';
import type { Total } from '../../../shared/money';
import { client, orpc } from '../../rpc/client';
import { useCurrentConnection } from '../../state/current-connection';
import { useToday } from '../../state/today';
import { monthName } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Money } from '../../ui/money';
import { UnknownCost } from '../../ui/unknown-cost';
import { ChatBanner } from './chat-banner';
import { Composer } from './composer';
import { NewConversationHeader } from './conversation-header';
import { hindranceOf } from './hindrance';
import { chatModels, ModelPicker } from './model-picker';

/** Where a conversation begins: what was spent so far, and a composer. */
export function NewConversation() {
  const { t } = useTranslation();
  const connection = useCurrentConnection();
  const isDemo = connection?.isDemo ?? false;
  return (
    <>
      <NewConversationHeader isDemo={isDemo} />
      <ChatBanner connection={connection} />
      <div className="start">
        <section className="start-column" aria-label={t('chat.newConversation')}>
          <h2 className="px-4 text-18 font-semibold tracking-[-0.01em]">{t('chat.startTitle')}</h2>
          <MonthLine isDemo={isDemo} />
          <StartComposer connection={connection} />
          <SpendingLink isDemo={isDemo} />
        </section>
      </div>
    </>
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

function StartComposer({ connection }: { connection: Connection | null }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  // What was typed here before is read each time: it may have been sent or changed since.
  const draft = useQuery(orpc.conversations.newDraft.queryOptions({ gcTime: 0, staleTime: 0 }));
  const [model, choose] = useStartModel(connection);
  const hindrance = hindranceOf(connection, model);
  if (draft.isPending) return <div className="h-[86px]" />;

  const send = async (text: string) => {
    if (!connection || model === null) return;
    const { id: connectionId } = connection;
    const sent = await client.runs.send({
      conversationId: null,
      targets: [{ connectionId, model }],
      text,
      images: [],
      settings: EMPTY_CHAT_SETTINGS,
    });
    navigate(`/chat/${sent.conversationId}`);
  };

  return (
    <Composer
      draft={draft.data ?? ''}
      connectionName={connection?.name ?? ''}
      model={model ?? ''}
      running={false}
      hindrance={hindrance && t(`composer.${hindrance}`)}
      problem={null}
      onSend={send}
      onStop={() => {}}
      onSaveDraft={(text) => client.conversations.saveDraft({ id: null, text })}
      picker={connection && <ModelPicker connection={connection} model={model} onChoose={choose} />}
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
