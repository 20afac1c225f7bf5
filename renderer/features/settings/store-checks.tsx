import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type {
  HealthCheck,
  HealthPart,
  HealthState,
  MendablePart,
} from '../../../shared/contract/health';
import { client, orpc, queryClient } from '../../rpc/client';
import { Button } from '../../ui/button';
import { count, moment } from '../../ui/format';
import { notify } from '../../ui/toaster';
import { type HealthMark, HealthRow } from './health-row';

const PARTS: readonly HealthPart[] = ['pages', 'search', 'sums'];

function show(state: HealthState): void {
  queryClient.setQueryData(orpc.health.state.queryKey(), state);
}

/** Main goes on with it and says what came of it, also when this page is left. */
async function checkPart(part: HealthPart): Promise<void> {
  try {
    show(await client.health.check({ part }));
  } catch {
    await queryClient.invalidateQueries({ queryKey: orpc.health.key() });
  }
}

/** One after the other: they read the same disk. */
export async function checkAll(): Promise<void> {
  for (const part of PARTS) await checkPart(part);
}

/** What of the store can be looked at, what was found, and what helps. */
export function StoreChecks({ state }: { state: HealthState }) {
  return PARTS.map((part) => (
    <PartRow
      key={part}
      part={part}
      check={state.checks[part]}
      running={state.running.includes(part)}
    />
  ));
}

interface PartRowProps {
  part: HealthPart;
  check: HealthCheck | null;
  running: boolean;
}

function PartRow({ part, check, running }: PartRowProps) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const label = t(`health.parts.${part}`);
  const failed = check !== null && check.failure !== null;
  const faulty = check !== null && check.faults > 0;
  const value = () => {
    if (running) return t('health.checking');
    if (check === null) return t('health.unchecked');
    const when = moment(check.at, Date.now());
    if (failed) return t('health.notChecked', { when });
    if (!faulty) return t('health.sound', { when });
    return t('health.faults', { count: check.faults, text: count(check.faults), when });
  };
  const next = () => {
    if (running || check === null) return undefined;
    if (failed) return t(check.failure?.code === 'store_full' ? 'health.noRoom' : 'health.again');
    return faulty ? t(`health.next.${part}`) : undefined;
  };
  const said = next();
  return (
    <HealthRow
      mark={markOf(check, running)}
      label={label}
      value={<span role="status">{value()}</span>}
      {...(said === undefined ? {} : { next: said })}
      action={
        <>
          {faulty && !running && <Remedy part={part} onDone={() => button.current?.focus()} />}
          <Button
            ref={button}
            size="sm"
            aria-label={t('health.checkOf', { name: label })}
            disabled={running}
            onClick={() => void checkPart(part)}
          >
            {t('health.check')}
          </Button>
        </>
      }
    />
  );
}

function markOf(check: HealthCheck | null, running: boolean): HealthMark {
  if (running) return 'busy';
  if (check === null) return 'unknown';
  if (check.failure !== null) return 'warn';
  return check.faults > 0 ? 'danger' : 'well';
}

/** `onDone` gets the focus from the button, which is gone once there is nothing to mend. */
function Remedy({ part, onDone }: { part: HealthPart; onDone: () => void }) {
  const { t } = useTranslation();
  if (part === 'pages') {
    return (
      <Button size="sm" asChild>
        <Link href="/settings/backups">{t('settings.backups')}</Link>
      </Button>
    );
  }
  return (
    <Button size="sm" onClick={() => void mend(part)}>
      {t(`health.mend.${part}`)}
    </Button>
  );

  async function mend(mendable: MendablePart) {
    try {
      show(await client.health.mend({ part: mendable }));
      notify({ text: t('health.mended') });
      requestAnimationFrame(onDone);
    } catch {
      notify({ text: t('health.notMended') });
      await queryClient.invalidateQueries({ queryKey: orpc.health.key() });
    }
  }
}
