import { useTranslation } from 'react-i18next';
import type { SearchProblem } from '../../../shared/search-query';
import { problemParts } from './search-words';

interface SearchProblemLineProps {
  id: string;
  query: string;
  problem: SearchProblem;
}

/** Says what is wrong with a query, and marks where. */
export function SearchProblemLine({ id, query, problem }: SearchProblemLineProps) {
  const { t } = useTranslation();
  const [before, wrong, after] = problemParts(query, problem.at);
  return (
    <p id={id} role="alert" className="px-2 pt-1.5 text-12 break-words">
      <span className="text-danger">{t(`search.problems.${problem.reason}`)}</span>{' '}
      <span className="text-text-3">
        {before.length > 0 && before}
        <span className="text-text underline decoration-danger decoration-wavy underline-offset-2">
          {wrong}
        </span>
        {after}
      </span>
    </p>
  );
}
