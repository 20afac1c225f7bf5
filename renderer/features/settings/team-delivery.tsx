import { useMutation } from '@tanstack/react-query';
import { CircleAlert, RefreshCw } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TelemetryProblem, TelemetryState } from '../../../shared/contract/telemetry';
import { client, orpc } from '../../rpc/client';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';
import { count, milliseconds, moment } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Spinner } from '../../ui/spinner';
import { notify } from '../../ui/toaster';
import { showTelemetry } from './team-state';

export interface TeamDeliveryProps {
  state: TelemetryState;
  /** Something is typed that a test would not know. */
  unsaved: boolean;
}

/** How the telling goes: the last test, what waits, what went wrong, and the answers from before. */
export function TeamDelivery({ state, unsaved }: TeamDeliveryProps) {
  const { t } = useTranslation();
  const test = useMutation(orpc.telemetry.test.mutationOptions());
  const section = useRef<HTMLElement>(null);
  const { status } = test;
  useEffect(() => {
    // The button may be the last that one sees of the page; what it found comes below.
    if (status === 'success' || status === 'error') {
      section.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [status]);
  if (state.endpoint === '') return null;
  // Under another address that is typed it would be taken for its.
  const result = unsaved ? undefined : test.data;
  return (
    <section
      ref={section}
      aria-label={t('team.delivery')}
      className="scroll-mb-6 border-t border-line pt-3"
    >
      <div className="flex min-h-7 items-center gap-3">
        <h3 className="min-w-0 flex-1 text-13 font-semibold">{t('team.delivery')}</h3>
        <Button
          size="sm"
          disabled={unsaved}
          aria-busy={test.isPending}
          onClick={() => test.mutate({})}
        >
          {test.isPending ? <Spinner /> : <Icon icon={RefreshCw} small />}
          {t('team.test')}
        </Button>
      </div>
      <div role="status" className="text-12 text-text-2">
        {unsaved && <p>{t('team.saveFirst')}</p>}
        {result?.problem === null && <p>{t('team.tested', { time: milliseconds(result.ms) })}</p>}
      </div>
      {result?.problem && <Problem problem={result.problem} />}
      {test.isError && !unsaved && (
        <p role="alert" className="text-12 text-danger">
          {t('team.notTested')}
        </p>
      )}
      {state.on && <Queue state={state} />}
      {state.trouble && (
        <Problem problem={state.trouble} next={moment(state.trouble.nextAt, Date.now())} />
      )}
      {state.on && <Earlier state={state} />}
    </section>
  );
}

function Queue({ state: { waiting, deliveredAt } }: { state: TelemetryState }) {
  const { t } = useTranslation();
  const now = Date.now();
  return (
    <p className="figures mt-1 text-12 text-text-2">
      {waiting === 0
        ? t('team.nothingWaits')
        : t('team.waiting', { count: waiting, text: count(waiting) })}
      {deliveredAt !== null && ` ${t('team.delivered', { when: moment(deliveredAt, now) })}`}
    </p>
  );
}

function Problem({ problem, next }: { problem: TelemetryProblem; next?: string }) {
  const { t } = useTranslation();
  return (
    <div role="alert" className="mt-2">
      <Alert
        tone="danger"
        icon={CircleAlert}
        label={t('team.happened')}
        title={t(`team.problem.${problem.reason}`)}
        {...(problem.status === null ? {} : { note: problem.status })}
      >
        <p className="mt-1 ml-6">
          {t(`team.remedy.${problem.reason}`)}
          {next !== undefined && ` ${t('team.keptUntil', { when: next })}`}
        </p>
      </Alert>
    </div>
  );
}

function Earlier({ state: { earlier, sendingEarlier } }: { state: TelemetryState }) {
  const { t } = useTranslation();
  const change = async (ask: () => Promise<TelemetryState>) => {
    try {
      showTelemetry(await ask());
    } catch {
      notify({ text: t('team.notSaved') });
    }
  };
  if (sendingEarlier !== null) {
    const { done, total } = sendingEarlier;
    return (
      <div className="figures mt-2 flex items-center gap-3 text-12 text-text-2">
        <Spinner />
        <span className="min-w-0 flex-1">
          {t('team.sendingEarlier', { done: count(done), total: count(total) })}
          <progress
            aria-label={t('team.earlierProgress')}
            className="mt-1 block h-1 w-full"
            value={done}
            max={Math.max(total, 1)}
          />
        </span>
        <Button size="sm" onClick={() => void change(() => client.telemetry.stopEarlier())}>
          {t('team.stop')}
        </Button>
      </div>
    );
  }
  if (earlier === 0) return null;
  return (
    <div className="figures mt-2 flex items-center gap-3 text-12 text-text-2">
      <span className="min-w-0 flex-1">
        {t('team.earlier', { count: earlier, text: count(earlier) })}
      </span>
      <Button size="sm" onClick={() => void change(() => client.telemetry.sendEarlier())}>
        {t('team.sendEarlier')}
      </Button>
    </div>
  );
}
