import { useTranslation } from 'react-i18next';
import type { Problem } from './connect-problem';

/** What is wrong in plain words, and below it what the server said. */
export function ProblemText({ problem, host }: { problem: Problem; host: string }) {
  const { t } = useTranslation();
  return (
    <>
      {t(`connect.problem.${problem.kind}`, { host })}
      {problem.detail !== undefined && (
        <span className="mt-0.5 block break-words text-text-3">
          {t('connect.detail', { detail: problem.detail })}
        </span>
      )}
    </>
  );
}
