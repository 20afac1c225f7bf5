import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message, Run } from '../../../shared/contract/conversation';
import type { ConnectionId, MessageId } from '../../../shared/ids';
import { type AnswerPart, answerText } from '../../../shared/run-view';
import { type LiveRun, liveParts } from '../../live/live-run';
import { useLiveRunOfMessage } from '../../live/use-live-runs';
import { Badge, type BadgeTone } from '../../ui/badge';
import { moment } from '../../ui/format';
import { Spinner } from '../../ui/spinner';
import { AnswerParts } from './answer-parts';
import { AnswerText } from './answer-text';
import { FailureAlert } from './failure-alert';
import { runTitle } from './failure-text';
import { Receipt } from './receipt';
import { charactersOf, liveFigures, modelName, storedFigures } from './receipt-figures';

/** What can be done with the messages of a thread; the same object as long as it can be. */
export interface MessageActions {
  readonly connectionId: ConnectionId | null;
  readonly selectVersion: (id: MessageId) => void;
  /** Null while an answer runs or nothing can be sent. */
  readonly answerAgain: ((message: Message) => void) | null;
}

/** What was asked. */
export const UserMessage = memo(function UserMessage({ message }: { message: Message }) {
  const { t } = useTranslation();
  return (
    <article aria-label={t('chat.you')} className="message-you">
      <Time ms={message.createdAt} />
      <AnswerText text={answerText(message.parts)} growing={false} typed />
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
  const { run } = message;
  const running = live !== null || run?.state === 'running';
  const growing = live !== null && !live.ended;
  const parts = live ? liveParts(live) : message.parts;
  return (
    <article aria-label={t('chat.assistant')} aria-busy={growing} className="message-assistant">
      <Heading message={message} live={live} running={running} blank={parts.length === 0} />
      <AnswerParts parts={parts} growing={growing} />
      {growing && parts.length === 0 && <span className="writing-caret" />}
      {run && !running && <Ending run={run} message={message} actions={actions} />}
      {run && (
        <Receipt
          figures={
            live
              ? liveFigures(live, run.requestedModel, promptCharacters)
              : storedFigures(run, charactersOf(message))
          }
          run={running ? null : run}
          startedAt={running ? (live?.startedAt ?? run.startedAt) : null}
          text={running ? null : answerText(parts)}
          versions={message.siblings}
          version={message.id}
          onVersion={actions.selectVersion}
          onAnswerAgain={again(message, actions)}
        />
      )}
    </article>
  );
});

function again(message: Message, { answerAgain }: MessageActions): (() => void) | null {
  return answerAgain && (() => answerAgain(message));
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
          <span>{t('chat.answering')}</span>
        </>
      ) : (
        <Time ms={message.createdAt} />
      )}
      {!running && bad && <Badge tone={ENDINGS[state]}>{t(`chat.${state}`)}</Badge>}
    </header>
  );
}

interface EndingProps {
  run: Run;
  message: Message;
  actions: MessageActions;
}

/** What there is to say of a run that did not end well. Stopping one is no failure. */
function Ending({ run, message, actions }: EndingProps) {
  const { t } = useTranslation();
  if (run.state === 'complete' && run.failure === null) return null;
  const failure = run.failure ?? failureOfState(run.state);
  if (!failure) return null;
  if (run.state === 'stopped') {
    return hasText(message.parts) ? null : (
      <p className="text-text-2">{runTitle(run, failure, t)}.</p>
    );
  }
  const characters = charactersOf(message);
  return (
    <div className={characters > 0 ? 'mt-3' : undefined}>
      <FailureAlert
        run={run}
        failure={failure}
        characters={characters}
        connectionId={actions.connectionId}
        onAnswerAgain={again(message, actions)}
      />
    </div>
  );
}

function failureOfState(state: Run['state']) {
  switch (state) {
    case 'stopped':
    case 'incomplete':
      return { code: state };
    case 'failed':
      return { code: 'internal' as const };
    default:
      return null;
  }
}

function hasText(parts: readonly AnswerPart[]): boolean {
  return parts.some((part) => part.text !== '');
}
