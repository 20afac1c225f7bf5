import type { TFunction } from 'i18next';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message, Run } from '../../../shared/contract/conversation';
import type { MessageId } from '../../../shared/ids';
import { newestOf } from '../../live/live-run';
import { useLiveRuns, useLiveWaiting } from '../../live/use-live-runs';
import { seconds, usd } from '../../ui/format';
import { attemptOf, MAX_ATTEMPTS, secondsLeft, type Waiting } from './answer-waiting';
import { failureTitle, namesOf, runTitle } from './failure-text';
import { costOf, modelName } from './receipt-figures';
import { useAnswersTo } from './use-answers-to';

/**
 * Tells a screen reader when answers begin, that one has to wait, and how each ended. Their words are not
 * read out as they come, nor is the count-down.
 */
export function Announcer({ message }: { message: Message | null }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const waiting = useWaiting(message);
  const { arriving, several } = useArriving(message);
  const siblings = message?.siblings ?? NONE;
  // One more may have been asked while the first was on its way.
  const answers = useAnswersTo(message, several || siblings.length > 1);

  const before = useRef<readonly MessageId[]>(arriving);
  useEffect(() => {
    const turn = turnOf({ before: before.current, arriving, answers, siblings });
    // The stored row says how it ended; it may be read a moment later.
    if (turn === null) return;
    const { begun, ended } = turn;
    before.current = arriving;
    if (ended.length > 0) setText(endsText(ended, arriving.length, several, t));
    else if (begun.length > 1) setText(t('chat.announceSeveral', { count: begun.length }));
    else if (begun.length === 1) setText(t('chat.announceStart'));
  }, [arriving, answers, siblings, several, t]);

  const announced = useRef<number | null>(null);
  useEffect(() => {
    // Once for each wait, which its end tells apart.
    if (!waiting || !message || waiting.waiting.until === announced.current) return;
    announced.current = waiting.waiting.until;
    setText(waitingText(waiting.waiting, message, waiting.attempt, t));
  }, [waiting, message, t]);
  return (
    <p aria-live="polite" className="sr-only">
      {text}
    </p>
  );
}

const NONE: readonly MessageId[] = [];

interface TurnParts {
  readonly before: readonly MessageId[];
  readonly arriving: readonly MessageId[];
  /** The stored answers to the message that is answered now. */
  readonly answers: readonly Pick<Message, 'id' | 'run'>[];
  /** All answers to it, stored or on their way. */
  readonly siblings: readonly MessageId[];
}

/** What has changed among the answers on their way; null while it is not known how one of them ended. */
export function turnOf({ before, arriving, answers, siblings }: TurnParts): {
  readonly begun: readonly MessageId[];
  readonly ended: readonly Run[];
} | null {
  const begun = arriving.filter((id) => !before.includes(id));
  // How one of a branch that is shown no more ends is not read here, and nobody waits for it.
  const over = before.filter((id) => !arriving.includes(id) && siblings.includes(id));
  const ended = over.flatMap((id) => {
    const run = answers.find((answer) => answer.id === id)?.run;
    return run && run.state !== 'running' ? [run] : [];
  });
  return ended.length < over.length ? null : { begun, ended };
}

interface Arriving {
  /** The answers on their way beside this one, itself among them. The same array while they are the same. */
  readonly arriving: readonly MessageId[];
  /** Several were asked for at once, though some may be there by now. */
  readonly several: boolean;
}

function useArriving(message: Message | null): Arriving {
  const runs = useLiveRuns();
  const siblings = message?.siblings;
  const arriving = useMemo(
    () => siblings?.filter((id) => newestOf(runs, id) !== null) ?? [],
    [siblings, runs],
  );
  return { arriving, several: (message?.run?.fanOut ?? null) !== null };
}

function useWaiting(message: Message | null): { waiting: Waiting; attempt: number } | null {
  const runs = useLiveRuns();
  const ref = message && newestOf(runs, message.id);
  const waiting = useLiveWaiting(ref?.runId ?? null);
  return message && ref && waiting && { waiting, attempt: attemptOf(message, ref.runId) };
}

function waitingText(waiting: Waiting, { run }: Message, attempt: number, t: TFunction): string {
  const names = run ? namesOf(run) : { name: '', model: '' };
  const left = secondsLeft(waiting.until, Date.now());
  return t('errors.announceRetry', {
    title: failureTitle(waiting.cause, names, t),
    time: seconds(left * 1000, 0),
    attempt,
    of: MAX_ATTEMPTS,
  });
}

/** How some answers ended: with the names of their models where several were asked. */
export function endsText(
  runs: readonly Run[],
  left: number,
  several: boolean,
  t: TFunction,
): string {
  const ends = runs.map((run) => (several ? namedEnd(run, t) : endText(run, t)));
  if (several && left === 0) ends.push(t('chat.announceAllEnd'));
  return ends.join(' ');
}

function costText(run: Run, t: TFunction): string {
  const known = costOf(run);
  const exact = known.kind === 'exact' || known.kind === 'estimated';
  return exact ? usd(known.amount, 6) : t('ui.unknown');
}

function endText(run: Run, t: TFunction): string {
  const cost = costText(run, t);
  if (run.state === 'stopped') return t('chat.announceStopped', { cost });
  if (run.state === 'complete' || !run.failure) return t('chat.announceEnd', { cost });
  return t('chat.announceFailed', { title: runTitle(run, run.failure, t), cost });
}

function namedEnd(run: Run, t: TFunction): string {
  const cost = costText(run, t);
  const name = modelName(run.requestedModel, run.servedModel);
  if (run.state === 'stopped') return t('chat.announceOneStopped', { name, cost });
  if (run.state === 'complete' || !run.failure) return t('chat.announceOneEnd', { name, cost });
  return t('chat.announceOneFailed', { name, title: runTitle(run, run.failure, t), cost });
}
