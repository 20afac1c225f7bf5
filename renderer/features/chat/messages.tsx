import './answers.css';
import { skipToken, useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message, Run } from '../../../shared/contract/conversation';
import type { ConnectionId, MessageId } from '../../../shared/ids';
import { answerText } from '../../../shared/run-view';
import type { LiveRun } from '../../live/live-run';
import { useLiveRunOfMessage } from '../../live/use-live-runs';
import { orpc } from '../../rpc/client';
import { Badge, type BadgeTone } from '../../ui/badge';
import { moment } from '../../ui/format';
import { Spinner } from '../../ui/spinner';
import { AnswerBody, partsOf } from './answer-body';
import { AnswerText } from './answer-text';
import { MessageImages } from './message-images';
import { Receipt } from './receipt';
import {
  answersOfRun,
  charactersOf,
  liveFigures,
  modelName,
  storedFigures,
} from './receipt-figures';

/** What can be done with the messages of a thread; the same object as long as it can be. */
export interface MessageActions {
  readonly connectionId: ConnectionId | null;
  readonly selectVersion: (id: MessageId) => void;
  /** Shows the answers to the same message side by side. */
  readonly compare: (message: Message) => void;
  /** Null while an answer runs or nothing can be sent. */
  readonly answerAgain: ((message: Message) => void) | null;
}

/** What was asked. */
export const UserMessage = memo(function UserMessage({ message }: { message: Message }) {
  const { t } = useTranslation();
  const text = answerText(message.parts);
  return (
    <article aria-label={t('chat.you')} className="message-you">
      <Time ms={message.createdAt} />
      <MessageImages images={message.images} />
      {text !== '' && <AnswerText text={text} growing={false} typed />}
    </article>
  );
});

function Time({ ms }: { ms: number }) {
  return (
    <time className="figures" dateTime={new Date(ms).toISOString()}>
      {moment(ms, Date.now())}
    </time>
  );
}

export interface AssistantMessageProps {
  message: Message;
  /** How much was sent to get this answer, in characters. */
  promptCharacters: number;
  actions: MessageActions;
}

/** An answer, stored or on its way, with its receipt. */
export const AssistantMessage = memo(function AssistantMessage({
  message,
  promptCharacters,
  actions,
}: AssistantMessageProps) {
  const { t } = useTranslation();
  const live = useLiveRunOfMessage(message.id);
  const together = useTogether(message);
  const { run } = message;
  const running = live !== null || run?.state === 'running';
  const growing = live !== null && !live.ended;
  const parts = partsOf(message, live);
  const waiting = growing && live.view.waiting !== null;
  const { answerAgain } = actions;
  const onAnswerAgain = answerAgain && (() => answerAgain(message));
  return (
    <article aria-label={t('chat.assistant')} aria-busy={growing} className="message-assistant">
      <Heading message={message} live={live} running={running} blank={parts.length === 0} />
      <AnswerBody
        message={message}
        live={live}
        connectionId={actions.connectionId}
        onAnswerAgain={onAnswerAgain}
      />
      {run && !waiting && (
        <Receipt
          figures={
            live
              ? liveFigures(live, run.requestedModel, promptCharacters)
              : storedFigures(run, charactersOf(message))
          }
          run={running ? null : run}
          attempts={running ? [] : message.attempts}
          together={running ? 1 : together}
          startedAt={running ? (live?.startedAt ?? run.startedAt) : null}
          text={running ? null : answerText(parts)}
          versions={message.siblings}
          version={message.id}
          onVersion={actions.selectVersion}
          onCompare={() => actions.compare(message)}
          onAnswerAgain={onAnswerAgain}
        />
      )}
    </article>
  );
});

/** How many answers the request of this one brought. */
function useTogether({ id, run, siblings }: Message): number {
  const several = run !== null && run.answers * run.models > 1 && siblings.length > 1;
  const input = several ? { messageId: id } : skipToken;
  const { data } = useQuery(orpc.conversations.answers.queryOptions({ input }));
  return run && data ? Math.max(1, answersOfRun(data, run.id)) : 1;
}

const ENDINGS = {
  incomplete: 'danger',
  stopped: 'plain',
  failed: 'danger',
} as const satisfies Partial<Record<Run['state'], BadgeTone>>;

interface HeadingProps {
  message: Message;
  live: LiveRun | null;
  running: boolean;
  blank: boolean;
}

function Heading({ message, live, running, blank }: HeadingProps) {
  const { t } = useTranslation();
  const { run } = message;
  const state = run?.state;
  // A request that was turned down had no author: its alert says everything.
  if (!running && blank && state === 'failed') return null;
  const served = live?.view.servedModel ?? run?.servedModel ?? null;
  const model = run ? modelName(run.requestedModel, served) : served;
  const bad = state === 'incomplete' || state === 'stopped' || state === 'failed';
  return (
    <header className="message-head">
      {model !== null && <b>{model}</b>}
      {running ? (
        <>
          <Spinner />
          <span>{live?.view.waiting ? t('chat.waiting') : t('chat.answering')}</span>
        </>
      ) : (
        <Time ms={message.createdAt} />
      )}
      {!running && bad && <Badge tone={ENDINGS[state]}>{t(`chat.${state}`)}</Badge>}
    </header>
  );
}
