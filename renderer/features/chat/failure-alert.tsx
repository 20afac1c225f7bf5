import type { TFunction } from 'i18next';
import {
  Ban,
  Clock,
  CloudOff,
  KeyRound,
  type LucideIcon,
  Ruler,
  ShieldAlert,
  TriangleAlert,
  Unplug,
  Wallet,
  WifiOff,
} from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run } from '../../../shared/contract/conversation';
import type { ErrorCode, Failure } from '../../../shared/errors';
import type { ConnectionId } from '../../../shared/ids';
import { Alert, type AlertRow } from '../../ui/alert';
import { Button } from '../../ui/button';
import { usd } from '../../ui/format';
import { UnknownCost } from '../../ui/unknown-cost';
import { stepsFor } from './failure-steps';
import { asksForLongWait, keptText, runNext, runTitle } from './failure-text';
import { canBeSettled, costOf } from './receipt-figures';
import { CostText } from './receipt-text';

export interface FailureAlertProps {
  run: Run;
  failure: Failure;
  /** How much of the answer arrived. */
  characters: number;
  connectionId: ConnectionId | null;
  /** Left out where nothing is offered, as in a column. */
  remedies?: Remedies;
}

/** What can be done about an answer that did not end well; null: not possible at present. */
export interface Remedies {
  readonly answerAgain: (() => void) | null;
  readonly otherModel: (() => void) | null;
  /** Opens the message that was asked, to be changed. */
  readonly editMessage: (() => void) | null;
}

const ICONS: Partial<Record<ErrorCode, LucideIcon>> = {
  no_key: KeyRound,
  key_rejected: KeyRound,
  no_credit: Wallet,
  budget_exceeded: Wallet,
  rate_limited: Clock,
  timeout: Clock,
  context_too_long: Ruler,
  content_blocked: ShieldAlert,
  network: CloudOff,
  offline: WifiOff,
  incomplete: Unplug,
  bad_stream: Unplug,
  stopped: Ban,
};

/** The drawing of a kind of failure. */
export function failureIcon({ code }: Failure): LucideIcon {
  return ICONS[code] ?? TriangleAlert;
}

/** In an answer that did not end well: what happened, what it cost, what was kept, what to do next. */
export function FailureAlert(props: FailureAlertProps) {
  const { run, failure, characters, connectionId, remedies } = props;
  const { t } = useTranslation();
  const [details, setDetails] = useState(false);
  const next = runNext(run, failure, Date.now(), t);
  const rows: AlertRow[] = [
    { label: t('errors.cost'), value: <CostRow run={run} failure={failure} /> },
    { label: t('errors.kept'), value: keptText(characters, t) },
  ];
  if (next !== null) rows.push({ label: t('errors.next'), value: next });
  const facts = detailsOf(failure, t);
  return (
    <Alert
      tone={canBeSettled(failure) ? 'warn' : 'danger'}
      icon={run.state === 'incomplete' ? Unplug : failureIcon(failure)}
      label={t('errors.happened')}
      title={runTitle(run, failure, t)}
      {...(failure.status === undefined ? {} : { note: failure.status })}
      rows={rows}
      className="answer-alert"
      actions={
        <>
          <Steps
            failure={failure}
            connectionId={connectionId}
            {...(remedies ? { remedies } : {})}
          />
          {facts.length > 0 && (
            <Button
              size="sm"
              variant="quiet"
              aria-expanded={details}
              onClick={() => setDetails(!details)}
            >
              {t('errors.details')}
            </Button>
          )}
        </>
      }
    >
      {details && (
        <dl className="failure-details">
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </Alert>
  );
}

type StepsProps = Pick<FailureAlertProps, 'failure' | 'connectionId' | 'remedies'>;

/** The next steps, the one that most likely helps first. */
function Steps({ failure, connectionId, remedies }: StepsProps) {
  const { t } = useTranslation();
  const { key, settings, message, model } = stepsFor(failure);
  return (
    <>
      {key && connectionId !== null && (
        <Button size="sm" variant="ink" asChild>
          <a href={`#/connect?connection=${connectionId}`}>{t('errors.enterKey')}</a>
        </Button>
      )}
      {settings && connectionId !== null && (
        <Button size="sm" asChild>
          <a href="#/settings/connections">{t('errors.openSettings')}</a>
        </Button>
      )}
      {remedies && (
        <>
          {message && remedies.editMessage && (
            <Button size="sm" onClick={remedies.editMessage}>
              {t('errors.editMessage')}
            </Button>
          )}
          <Button
            size="sm"
            disabled={remedies.answerAgain === null}
            onClick={() => remedies.answerAgain?.()}
          >
            {asksForLongWait(failure) ? t('errors.tryAgain') : t('errors.answerAgain')}
          </Button>
          {model && (
            <Button
              size="sm"
              disabled={remedies.otherModel === null}
              onClick={() => remedies.otherModel?.()}
            >
              {t('errors.otherModel')}
            </Button>
          )}
        </>
      )}
    </>
  );
}

function CostRow({ run, failure }: { run: Run; failure: Failure }) {
  const { t } = useTranslation();
  const cost = costOf(run);
  if (cost.kind === 'unknown') {
    return (
      <>
        <UnknownCost />
        {t('errors.stop')}
        {t('errors.costUnknown')}
      </>
    );
  }
  if (cost.kind !== 'exact') return <CostText cost={cost} />;
  const why = cost.source === 'none' ? noCostText(failure, t) : reportedText(cost.source, t);
  return (
    <>
      <span className="figures">{usd(cost.amount, 6)}</span>
      {t('errors.stop')}
      {why}
    </>
  );
}

function noCostText(failure: Failure, t: TFunction): string {
  const notSent = failure.code === 'network' || failure.code === 'timeout';
  return notSent ? t('errors.costNotSent') : t('errors.costRefused');
}

function reportedText(source: string, t: TFunction): string {
  return source === 'reconciled' ? t('errors.costReconciled') : t('errors.costReported');
}

function detailsOf(failure: Failure, t: TFunction): readonly (readonly [string, string])[] {
  const facts: [string, string][] = [[t('errors.code'), failureCode(failure)]];
  if (failure.detail !== undefined) facts.unshift([t('errors.serverSaid'), failure.detail]);
  if (failure.status !== undefined) facts.push([t('errors.status'), String(failure.status)]);
  if (failure.reference !== undefined) facts.push([t('errors.reference'), failure.reference]);
  return facts;
}

function failureCode({ code, reason }: Failure): string {
  return reason === undefined ? code : `${code}, ${reason}`;
}
