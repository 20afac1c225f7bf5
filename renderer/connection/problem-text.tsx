import { useTranslation } from 'react-i18next';
import type { Problem } from './problem';

/** What is wrong and what to do, in plain words, and below them what was said by the other side. */
export function ProblemText({ problem, host }: { problem: Problem; host: string }) {
  const { t } = useTranslation();
  const { kind, address = '', header = '' } = problem;
  return (
    <>
      {t(`connection.problem.${kind}.what`, { host, header })}{' '}
      <span className="break-words">
        {t(`connection.problem.${kind}.next`, { host, url: address })}
      </span>
      <ProblemSource problem={problem} />
    </>
  );
}

/** The words of the server, or the code of the system. */
export function ProblemSource({ problem: { answer, cause } }: { problem: Problem }) {
  const { t } = useTranslation();
  return (
    <>
      {answer !== undefined && <Small text={t('connection.answer', { answer })} />}
      {cause !== undefined && <Small text={t('connection.cause', { cause })} />}
    </>
  );
}

function Small({ text }: { text: string }) {
  return <span className="mt-0.5 block break-words text-text-3">{text}</span>;
}
