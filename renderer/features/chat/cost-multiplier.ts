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
 * What is paid for one message. Parameters that the server does not know are not sent and do not count, nor do
 * those that it was found to refuse for each of the models.
 */
export function multiplierOf(
  asked: AskedModels,
  values: ParameterValues,
  profile: Profile,
  learned: readonly Learned[],
): Multiplier {
  const known = valuesFor(profile, values);
  const isOne = asked.mode === 'super' || asked.models.length === 0;
  const factors = (isOne ? [asked.models.join(',')] : asked.models).map((name) => {
    const lessons = learned.filter(({ model }) => model === null || model === name);
    const adaptations = lessons.map(({ adaptation }) => adaptation);
    return factorsOf('', valuesKept(known, adaptations));
  });
  const answers = Math.max(...factors.map((factor) => factor.answers));
  const votes = Math.max(...factors.map((factor) => factor.votes));
  const models = Math.max(1, asked.models.length);
  return { models, answers, votes, total: models * answers * votes };
}

const FACTORS = ['models', 'answers', 'votes'] as const;

/** The factors that multiply anything, in the order they are said. */
export function factorsSaid(multiplier: Multiplier): readonly (typeof FACTORS)[number][] {
  return FACTORS.filter((factor) => multiplier[factor] > 1);
}
