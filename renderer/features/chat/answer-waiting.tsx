import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message, Run } from '../../../shared/contract/conversation';
import type { RunId } from '../../../shared/ids';
import type { RunView } from '../../../shared/run-view';
import { Alert, type AlertRow } from '../../ui/alert';
import { useNow } from './elapsed';
import { failureIcon } from './failure-alert';
import { failureTitle, namesOf } from './failure-text';
import { AttemptCost } from './receipt-attempts';
import { costOf } from './receipt-figures';

/** All attempts at one request, the first included (design, section 5). */
export const MAX_ATTEMPTS = 3;

export type Waiting = NonNullable<RunView['waiting']>;

/** Which attempt a live run is, also while the stored message does not know of it yet. */
export function attemptOf({ run }: Pick<Message, 'run'>, live: RunId): number {
  if (!run) return 1;
  return run.id === live ? run.attempt : run.attempt + 1;
}

/** The request before this one, whose failure it waits for. */
function failedBefore({ run, attempts }: Message, live: RunId): Run | null {
  return (run?.id === live ? attempts.at(-1) : run) ?? null;
}

/** In place of an answer whose request goes out again in a moment. */
export function AnswerWaiting(props: { waiting: Waiting; message: Message; runId: RunId }) {
  const { waiting, message, runId } = props;
  const { t } = useTranslation();
  const { cause, until } = waiting;
  const names = message.run ? namesOf(message.run) : { name: '', model: '' };
  const before = failedBefore(message, runId);
  const rows: AlertRow[] = [
    {
      label: t('errors.next'),
      value: <Countdown key={until} until={until} attempt={attemptOf(message, runId)} />,
    },
  ];
  if (before && before.state !== 'running') {
    rows.unshift({ label: t('errors.cost'), value: <AttemptCost cost={costOf(before)} /> });
  }
  return (
    <Alert
      tone="warn"
      icon={failureIcon(cause)}
      label={t('errors.happened')}
      title={failureTitle(cause, names, t)}
      {...(cause.status === undefined ? {} : { note: cause.status })}
      rows={rows}
      className="answer-alert"
    />
  );
}

const FIGURE_SPACE = '\u2007';

function Countdown({ until, attempt }: { until: number; attempt: number }) {
  const { t } = useTranslation();
  const left = secondsLeft(until, useNow(250));
  const [first] = useState(left);
  // As wide as at the start, whatever it counts down to.
  const time = String(left).padStart(String(first).length, FIGURE_SPACE);
  return (
    <span className="figures">{t('errors.tryingAgain', { time, attempt, of: MAX_ATTEMPTS })}</span>
  );
}

/** Whole seconds until then, 0 when it has come. */
export function secondsLeft(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / 1000));
}
