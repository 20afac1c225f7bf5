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
import { asksForLongWait, keptText, runNext, runTitle } from './failure-text';
import { canBeSettled, costOf } from './receipt-figures';
import { CostText } from './receipt-text';

export interface FailureAlertProps {
  run: Run;
  failure: Failure;
  /** How much of the answer arrived. */
  characters: number;
  connectionId: ConnectionId | null;
  /** Null while it is not possible; left out where it is not offered. */
  onAnswerAgain?: (() => void) | null;
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
  const { run, failure, characters, connectionId, onAnswerAgain } = props;
  const { t } = useTranslation();
  const [details, setDetails] = useState(false);
  const next = runNext(run, failure, Date.now(), t);
  const rows: AlertRow[] = [
    { label: t('errors.cost'), value: <CostRow run={run} failure={failure} /> },
    { label: t('errors.kept'), value: keptText(characters, t) },
  ];
  if (next !== null) rows.push({ label: t('errors.next'), value: next });
  const needsKey = failure.code === 'no_key' || failure.code === 'key_rejected';
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
          {needsKey && connectionId !== null && (
            <Button size="sm" variant="ink" asChild>
              <a href={`#/connect?connection=${connectionId}`}>{t('errors.enterKey')}</a>
            </Button>
          )}
          {onAnswerAgain !== undefined && (
            <Button size="sm" disabled={onAnswerAgain === null} onClick={() => onAnswerAgain?.()}>
              {asksForLongWait(failure) ? t('errors.tryAgain') : t('errors.answerAgain')}
            </Button>
          )}
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

function CostRow({ run, failure }: { run: Run; failure: Failure }) {
  const { t } = useTranslation();
  const cost = costOf(run);
  if (cost.kind === 'unknown') {
    return (
      <>
        <UnknownCost />. {t('errors.costUnknown')}
      </>
    );
  }
  if (cost.kind !== 'exact') return <CostText cost={cost} />;
  const why = cost.source === 'none' ? noCostText(failure, t) : reportedText(cost.source, t);
  return (
    <>
      <span className="figures">{usd(cost.amount, 6)}</span>. {why}
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
