import './answers.css';
import { skipToken, useQuery } from '@tanstack/react-query';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message, Run } from '../../../shared/contract/conversation';
import { answerText } from '../../../shared/run-view';
import { isArriving, type LiveRun } from '../../live/live-run';
import { useLiveRunOfMessage } from '../../live/use-live-runs';
import { orpc } from '../../rpc/client';
import { Badge, type BadgeTone } from '../../ui/badge';
import { cx } from '../../ui/class-names';
import { Spinner } from '../../ui/spinner';
import { AnswerBody, partsOf } from './answer-body';
import { AsWanted } from './as-wanted';
import type { Remedies } from './failure-alert';
import type { MessageActions } from './message-actions';
import { MessageTime } from './message-time';
import { useOtherModel } from './other-model';
import { Receipt } from './receipt';
import { ReceiptActions } from './receipt-actions';
import {
  answersOfRun,
  charactersOf,
  liveFigures,
  modelName,
  storedFigures,
} from './receipt-figures';
import { useThreadView } from './thread-view';

export interface AssistantMessageProps {
  message: Message;
  /** The message that it answers; null when there is none. */
  question: Message | null;
  /** How much was sent to get this answer, in characters. */
  promptCharacters: number;
  actions: MessageActions;
}

/** An answer, stored or on its way, with its receipt. */
export const AssistantMessage = memo(function AssistantMessage(props: AssistantMessageProps) {
  const { message, question, promptCharacters, actions } = props;
  const { t } = useTranslation();
  const live = useLiveRunOfMessage(message.id);
  const together = useTogether(message);
  const marked = useThreadView((state) => state.marked === message.id);
  const { run } = message;
  const running = live !== null || run?.state === 'running';
  const growing = live !== null && !live.ended;
  const parts = partsOf(message, live);
  const waiting = growing && live.view.waiting !== null;
  const { answerAgain } = actions;
  const onAnswerAgain = useMemo(
    () => (answerAgain && question ? (model?: string) => answerAgain(message, model) : null),
    [answerAgain, question, message],
  );
  const remedies = useMemo(() => remediesFor(onAnswerAgain, question), [onAnswerAgain, question]);
  const doings = {
    versions: message.siblings,
    version: message.id,
    onVersion: actions.selectVersion,
    onCompare: () => actions.compare(message),
    onFork: () => actions.fork(message.id),
    onRemove: (following: boolean) => actions.remove(message.id, following),
    onAnswerAgain,
    models: actions.models,
  };
  return (
    <article
      aria-label={t('chat.assistant')}
      aria-busy={isArriving(run, live)}
      className={cx('message-assistant', marked && 'message-marked')}
      data-message={message.id}
      tabIndex={-1}
    >
      <Heading message={message} live={live} running={running} blank={parts.length === 0} />
      <AsWanted message={message} running={running}>
        <AnswerBody
          message={message}
          live={live}
          connectionId={actions.connectionId}
          remedies={remedies}
        />
      </AsWanted>
      {!run && !live && (
        <div className="mt-1 flex">
          <ReceiptActions runId={null} text={answerText(parts)} {...doings} />
        </div>
      )}
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
          {...doings}
        />
      )}
    </article>
  );
});

function remediesFor(
  answerAgain: ((model?: string) => void) | null,
  question: Message | null,
): Remedies {
  return {
    answerAgain: answerAgain && (() => answerAgain()),
    otherModel: answerAgain && (() => useOtherModel.getState().ask(answerAgain)),
    editMessage:
      question && (() => useThreadView.getState().edit(question.id, answerText(question.parts))),
  };
}

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
        <MessageTime ms={message.createdAt} />
      )}
      {!running && bad && <Badge tone={ENDINGS[state]}>{t(`chat.${state}`)}</Badge>}
    </header>
  );
}
