import { factorsOf, type ParameterValues, valuesFor } from '../../../shared/parameters';
import type { Profile } from '../../../shared/profile';
import type { AskedModels } from './asked-models';

/** What one message multiplies, each factor by itself. */
export interface Multiplier {
  /** Models that answer, in a request each or in one. */
  readonly models: number;
  /** Answers from each of them (`n`). */
  readonly answers: number;
  /** Answers that are put to the vote for each (`integrity`). */
  readonly votes: number;
  /** How many answers are paid for. */
  readonly total: number;
}

/** What is paid for one message; parameters that the server does not know are not sent and do not count. */
export function multiplierOf(
  asked: AskedModels,
  values: ParameterValues,
  profile: Profile,
): Multiplier {
  const { answers, votes } = factorsOf('', valuesFor(profile, values));
  const models = Math.max(1, asked.models.length);
  return { models, answers, votes, total: models * answers * votes };
}

const FACTORS = ['models', 'answers', 'votes'] as const;

/** The factors that multiply anything, in the order they are said. */
export function factorsSaid(multiplier: Multiplier): readonly (typeof FACTORS)[number][] {
  return FACTORS.filter((factor) => multiplier[factor] > 1);
}
