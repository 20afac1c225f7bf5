import { CircleAlert, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/errors';
import { type ProblemKind, problemOfFailure } from '../../connection/problem';
import { hasRemedy, ProblemActions } from '../../connection/problem-actions';
import { ProblemSource } from '../../connection/problem-text';
import { Alert } from '../../ui/alert';

/** What the user can settle; the rest broke. */
const TO_SETTLE: ReadonlySet<ProblemKind> = new Set([
  'noCredit',
  'keyEmpty',
  'keyUnreadable',
  'rateLimited',
]);

export interface CheckAlertProps {
  failure: Failure;
  host: string;
  onAddress: (url: string) => void;
  onCaFile: (path: string) => void;
}

/** What a test found in the way, and what to do next. */
export function CheckAlert({ failure, host, onAddress, onCaFile }: CheckAlertProps) {
  const { t } = useTranslation();
  const problem = problemOfFailure(failure);
  const { kind, address = '', header = '' } = problem;
  const tone = TO_SETTLE.has(kind) ? 'warn' : 'danger';
  return (
    <div role="alert">
      <Alert
        tone={tone}
        icon={tone === 'warn' ? TriangleAlert : CircleAlert}
        label={t('check.happened')}
        title={t(`connection.problem.${kind}.what`, { host, header })}
        {...(failure.status === undefined ? {} : { note: failure.status })}
        {...(hasRemedy(problem)
          ? {
              actions: (
                <ProblemActions problem={problem} onAddress={onAddress} onCaFile={onCaFile} />
              ),
            }
          : {})}
      >
        <p className="mt-1 ml-6 break-words">
          {t(`connection.problem.${kind}.next`, { host, url: address })}
          <ProblemSource problem={problem} />
        </p>
      </Alert>
    </div>
  );
}
