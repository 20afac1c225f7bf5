import type { TFunction } from 'i18next';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message, Run } from '../../../shared/contract/conversation';
import { newestOf } from '../../live/live-run';
import { useLiveRun, useLiveRuns } from '../../live/use-live-runs';
import { seconds, usd } from '../../ui/format';
import { attemptOf, MAX_ATTEMPTS, secondsLeft, type Waiting } from './answer-waiting';
import { failureTitle, namesOf, runTitle } from './failure-text';
import { costOf } from './receipt-figures';

/**
 * Tells a screen reader when an answer begins, that it has to wait, and how it ended. Its words are not
 * read out as they come, nor is the count-down.
 */
export function Announcer({ message, running }: { message: Message | null; running: boolean }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const wasRunning = useRef(running);
  const run = message?.run ?? null;
  const waiting = useWaiting(message);
  useEffect(() => {
    if (running && !wasRunning.current) setText(t('chat.announceStart'));
    if (!running && wasRunning.current && run) setText(endText(run, t));
    if (!running && wasRunning.current && run?.state === 'running') return;
    wasRunning.current = running;
  }, [running, run, t]);
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

function useWaiting(message: Message | null): { waiting: Waiting; attempt: number } | null {
  const runs = useLiveRuns();
  const ref = message && newestOf(runs, message.id);
  const live = useLiveRun(ref?.runId ?? null);
  const waiting = live?.view.waiting ?? null;
  return message && live && waiting && { waiting, attempt: attemptOf(message, live.runId) };
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

function endText(run: Run, t: TFunction): string {
  const known = costOf(run);
  const exact = known.kind === 'exact' || known.kind === 'estimated';
  const cost = exact ? usd(known.amount, 6) : t('ui.unknown');
  if (run.state === 'stopped') return t('chat.announceStopped', { cost });
  if (run.state === 'complete' || !run.failure) return t('chat.announceEnd', { cost });
  return t('chat.announceFailed', { title: runTitle(run, run.failure, t), cost });
}
