import { skipToken, useQuery } from '@tanstack/react-query';
import { Columns3, type LucideIcon, ReceiptText, SlidersHorizontal } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Settings } from '../../../shared/contract/app';
import type { Connection } from '../../../shared/contract/connection';
import type { Message } from '../../../shared/contract/conversation';
import type { AttachmentId, ConnectionId } from '../../../shared/ids';
import type { Total } from '../../../shared/money';
import { usePresets } from '../../preset/use-presets';
import { type StartPreset, useStartChoice, useStartPreset } from '../../preset/use-start-preset';
import { client, orpc, queryClient } from '../../rpc/client';
import { runCommand } from '../../state/commands';
import { useCurrentConnection } from '../../state/current-connection';
import { useKeysOf } from '../../state/shortcuts';
import { useToday } from '../../state/today';
import { monthName } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Kbd } from '../../ui/kbd';
import { Money } from '../../ui/money';
import { UnknownCost } from '../../ui/unknown-cost';
import { targetsOf } from './asked-models';
import { AskingChips, AskingPanel, AskingTools } from './asking-tools';
import { ChatBanner } from './chat-banner';
import { Composer } from './composer';
import { useComposing } from './composing';
import { NewConversationHeader } from './conversation-header';
import { hindranceOf } from './hindrance';
import { chatModels } from './model-lines';
import { type Asked, useAsked } from './use-asked';

/** Where a conversation begins: what was spent so far, and a composer. */
export function NewConversation() {
  const { t } = useTranslation();
  const { connection, start, model, choose, change } = useStart();
  const isDemo = connection?.isDemo ?? false;
  const { settings } = start;
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
            <StartComposer connection={connection} asked={asked} start={start} onSwitch={change} />
            <StartOptions isDemo={isDemo} />
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

/** What else one may begin with. */
function StartOptions({ isDemo }: { isDemo: boolean }) {
  const { t } = useTranslation();
  const presets = usePresets();
  const { total } = useMonth(isDemo);
  const names = presets.slice(0, 3).map(({ name }) => name);
  return (
    <nav className="start-options" aria-label={t('composer.start.title')}>
      {names.length > 0 && (
        <StartOption
          command="choosePreset"
          icon={SlidersHorizontal}
          text={t('composer.start.preset', { names: names.join(t('models.comma')) })}
        />
      )}
      <StartOption command="askSeveral" icon={Columns3} text={t('composer.start.several')} />
      {total && total.runs > 0 && (
        <a href="#/spending">
          <Icon icon={ReceiptText} small className="text-text-3" />
          <span className="min-w-0 flex-1 truncate">{t('chat.openSpending')}</span>
        </a>
      )}
    </nav>
  );
}

interface StartOptionProps {
  command: 'choosePreset' | 'askSeveral';
  icon: LucideIcon;
  text: string;
}

function StartOption({ command, icon, text }: StartOptionProps) {
  const keys = useKeysOf(command);
  return (
    <button type="button" onClick={() => runCommand(command)}>
      <Icon icon={icon} small className="text-text-3" />
      <span className="min-w-0 flex-1 truncate text-left">{text}</span>
      {keys !== undefined && <Kbd keys={keys} />}
    </button>
  );
}

interface StartComposerProps {
  connection: Connection | null;
  asked: Asked;
  start: StartPreset;
  onSwitch: (connection: Connection, model: string) => void;
}

function StartComposer({ connection, asked, start, onSwitch }: StartComposerProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const begun = useComposing((state) => state.begun);
  const draft = useQuery(orpc.conversations.newDraft.queryOptions());
  const [model] = asked.models;
  const { settings, opening } = start;
  const presetId = start.preset?.id ?? null;
  const hindrance = hindranceOf(connection, model ?? null);
  if (draft.isPending) return <div className="h-[86px]" />;

  const send = async (text: string, images: AttachmentId[]) => {
    if (!connection) return false;
    const targets = targetsOf(connection.id, asked);
    const beginning = await start.prepared();
    if (!beginning) return false;
    const message = { conversationId: null, text, images, presetId };
    const sent = await client.runs.send({ ...message, ...beginning, targets });
    begun(sent.conversationId);
    start.begun();
    navigate(`/chat/${sent.conversationId}`);
    return true;
  };

  return (
    <Composer
      of="new"
      draft={draft.data ?? ''}
      messages={NO_MESSAGES}
      settings={settings}
      connectionName={connection?.name ?? ''}
      asked={asked}
      running={false}
      hindrance={hindrance && t(`composer.${hindrance}`)}
      problem={null}
      chips={<AskingChips asked={asked} connection={connection} />}
      tools={
        <AskingTools
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

/** What the guide's examples ask; a fair start where it is offered. */
const GUIDE_MODEL = 'gpt-4o';

interface Start {
  readonly connection: Connection | null;
  readonly model: string | null;
  readonly start: StartPreset;
  readonly choose: (model: string) => void;
  /** Takes a model of another connection. */
  readonly change: (connection: Connection, model: string) => void;
}

/** Whom a conversation begins with, and what with: as its preset says, else as it was last. */
function useStart(): Start {
  const { data: connections } = useQuery(orpc.connections.list.queryOptions());
  const current = useCurrentConnection();
  const choice = useStartChoice();
  const connection = connections?.find(({ id }) => id === choice.connectionId) ?? current;
  const model = useStartModel(connection, choice.model);
  const start = useStartPreset(choice, { connectionId: connection?.id ?? null, model });
  const remember = (lastModel: string, lastConnectionId: ConnectionId) => {
    const last = { lastModel, lastConnectionId };
    const { queryKey } = orpc.app.settings.queryOptions();
    queryClient.setQueryData<Settings>(queryKey, (now) => now && { ...now, ...last });
    client.app.changeSettings(last).catch(() => {});
  };
  return {
    connection,
    model,
    start,
    choose(next) {
      start.chooseTarget(choice.state.target.connectionId, next);
      if (connection) remember(next, connection.id);
    },
    change(other, next) {
      start.chooseTarget(other.id, next);
      remember(next, other.id);
    },
  };
}

/** The chosen model, else the one last used with this connection, the guide's, the first of the list. */
function useStartModel(connection: Connection | null, chosen: string | null): string | null {
  const { data: settings } = useQuery(orpc.app.settings.queryOptions());
  const id = connection?.id;
  const last = settings && settings.lastConnectionId === id ? settings.lastModel : null;
  const known = chosen ?? last;
  const wanted = id !== undefined && settings !== undefined && known === null;
  const catalogue = useQuery(
    orpc.connections.catalogue.queryOptions({ input: wanted ? { id } : skipToken }),
  );
  const offered = chatModels(catalogue.data?.models ?? []);
  const first = (offered.find((model) => model.id === GUIDE_MODEL) ?? offered[0])?.id ?? null;
  return known ?? first;
}
