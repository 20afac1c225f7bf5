import { valuesKept } from '../../../shared/adaptation';
import type { Learned } from '../../../shared/contract/connection';
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

/**
 * For each of the models the values that count for what its answer costs, as main counts them. Parameters that
 * the server does not know are not sent, nor those that it was found to refuse for the model.
 */
export function countedValues(
  { models, mode }: AskedModels,
  values: ParameterValues,
  profile: Profile,
  learned: readonly Learned[],
): readonly ParameterValues[] {
  const known = valuesFor(profile, values);
  return models.map((own) => {
    const name = mode === 'super' ? models.join(',') : own;
    const lessons = learned.filter(({ model }) => model === null || model === name);
    return valuesKept(
      known,
      lessons.map(({ adaptation }) => adaptation),
    );
  });
}

/** What is paid for one message; also before a model is chosen. */
export function multiplierOf(
  asked: AskedModels,
  values: ParameterValues,
  profile: Profile,
  learned: readonly Learned[],
): Multiplier {
  const models = asked.models.length === 0 ? [''] : asked.models;
  const factors = countedValues({ ...asked, models }, values, profile, learned).map((counted) =>
    factorsOf('', counted),
  );
  const answers = Math.max(...factors.map((factor) => factor.answers));
  const votes = Math.max(...factors.map((factor) => factor.votes));
  return { models: models.length, answers, votes, total: models.length * answers * votes };
}

const FACTORS = ['models', 'answers', 'votes'] as const;

/** The factors that multiply anything, in the order they are said. */
export function factorsSaid(multiplier: Multiplier): readonly (typeof FACTORS)[number][] {
  return FACTORS.filter((factor) => multiplier[factor] > 1);
}
