import { useTranslation } from 'react-i18next';
import type { Message, Run } from '../../../shared/contract/conversation';
import type { ConnectionId } from '../../../shared/ids';
import type { AnswerPart } from '../../../shared/run-view';
import { type LiveRun, liveParts } from '../../live/live-run';
import { AnswerParts } from './answer-parts';
import { AnswerWaiting } from './answer-waiting';
import { FailureAlert, type Remedies } from './failure-alert';
import { runTitle } from './failure-text';
import { charactersOf } from './receipt-figures';
import { thinkingTime } from './thinking-time';

export interface AnswerBodyProps {
  message: Message;
  live: LiveRun | null;
  connectionId: ConnectionId | null;
  /** What can be done when it did not end well; left out where nothing is offered. */
  remedies?: Remedies;
}

/** What an answer says, as far as it has come, and how it ended when it did not end well. */
export function AnswerBody({ message, live, connectionId, remedies }: AnswerBodyProps) {
  const { run } = message;
  const growing = live !== null && !live.ended;
  const parts = partsOf(message, live);
  const over = live === null && run !== null && run.state !== 'running';
  const waiting = growing ? live.view.waiting : null;
  return (
    <>
      <AnswerParts
        parts={parts}
        growing={growing}
        startedAt={growing ? live.startedAt : null}
        thoughtMs={thinkingTime(message.id, live)}
      />
      {growing && live.view.waiting && (
        <AnswerWaiting waiting={live.view.waiting} message={message} runId={live.runId} />
      )}
      {growing && !waiting && parts.length === 0 && <span className="writing-caret" />}
      {over && (
        <Ending
          run={run}
          message={message}
          connectionId={connectionId}
          {...(remedies ? { remedies } : {})}
        />
      )}
    </>
  );
}

/** The parts of an answer as they are now. */
export function partsOf(message: Message, live: LiveRun | null): readonly AnswerPart[] {
  return live ? liveParts(live) : message.parts;
}

type EndingProps = Omit<AnswerBodyProps, 'live'> & { run: Run };

/** What there is to say of a run that did not end well. Stopping one is no failure. */
function Ending({ run, message, connectionId, remedies }: EndingProps) {
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
        connectionId={connectionId}
        {...(remedies ? { remedies } : {})}
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
