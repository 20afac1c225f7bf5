import { useTranslation } from 'react-i18next';
import { factorsSaid, type Multiplier } from './cost-multiplier';

export interface MultiplierText {
  /** "6 answers (3 models × 2 votes)"; null for a single one. */
  readonly short: (multiplier: Multiplier) => string | null;
  /** "3 answers × 2 votes: each question costs 6 answers." */
  readonly sentence: (multiplier: Multiplier) => string;
  /** One sentence for each factor. */
  readonly explained: (multiplier: Multiplier) => readonly string[];
}

/** What a message multiplies, in words. */
export function useMultiplierText(): MultiplierText {
  const { t } = useTranslation();
  const product = (multiplier: Multiplier) =>
    factorsSaid(multiplier)
      .map((factor) => t(`composer.factors.${factor}`, { count: multiplier[factor] }))
      .join(' × ');
  return {
    short(multiplier) {
      const { total } = multiplier;
      if (total === 1) return null;
      const text = t('composer.answers', { count: total });
      const several = factorsSaid(multiplier).length > 1;
      return several ? t('composer.answersOf', { text, product: product(multiplier) }) : text;
    },
    sentence(multiplier) {
      const { total } = multiplier;
      if (total === 1) return t('parameters.costsOne');
      return t('parameters.costs', { product: product(multiplier), count: total });
    },
    explained: (multiplier) =>
      factorsSaid(multiplier).map((factor) =>
        t(`composer.factorHints.${factor}`, { count: multiplier[factor] }),
      ),
  };
}
