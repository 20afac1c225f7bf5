import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message, Run } from '../../../shared/contract/conversation';
import { usd } from '../../ui/format';
import { runTitle } from './failure-text';
import { costOf } from './receipt-figures';

/** Tells a screen reader when an answer begins and how it ended. Its words are not read out as they come. */
export function Announcer({ message, running }: { message: Message | null; running: boolean }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const wasRunning = useRef(running);
  const run = message?.run ?? null;
  useEffect(() => {
    if (running && !wasRunning.current) setText(t('chat.announceStart'));
    if (!running && wasRunning.current && run) setText(endText(run, t));
    if (!running && wasRunning.current && run?.state === 'running') return;
    wasRunning.current = running;
  }, [running, run, t]);
  return (
    <p aria-live="polite" className="sr-only">
      {text}
    </p>
  );
}

function endText(run: Run, t: ReturnType<typeof useTranslation>['t']): string {
  const known = costOf(run);
  const exact = known.kind === 'exact' || known.kind === 'estimated';
  const cost = exact ? usd(known.amount, 6) : t('ui.unknown');
  if (run.state === 'stopped') return t('chat.announceStopped', { cost });
  if (run.state === 'complete' || !run.failure) return t('chat.announceEnd', { cost });
  return t('chat.announceFailed', { title: runTitle(run, run.failure, t), cost });
}
