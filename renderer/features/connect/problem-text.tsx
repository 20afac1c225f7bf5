import { useTranslation } from 'react-i18next';
import type { Problem } from './connect-problem';

/** What is wrong in plain words, and below it what the server said. */
export function ProblemText({ problem, host }: { problem: Problem; host: string }) {
  const { t } = useTranslation();
  const { kind, answer, cause } = problem;
  return (
    <>
      {t(`connect.problem.${kind}`, { host })}
      {answer !== undefined && <Small text={t('connect.answer', { answer })} />}
      {cause !== undefined && <Small text={t('connect.cause', { cause })} />}
    </>
  );
}

function Small({ text }: { text: string }) {
  return <span className="mt-0.5 block break-words text-text-3">{text}</span>;
}
