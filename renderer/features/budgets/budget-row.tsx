import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { BudgetStanding } from '../../../shared/budget';
import { gaugeOf, limitText, percentSpent, spentText } from '../../budget/budget-figures';
import { useBudgetText } from '../../budget/use-budget-text';
import { cx } from '../../ui/class-names';
import { IconButton } from '../../ui/icon-button';
import { Meter } from '../../ui/meter';
import { UnknownCost } from '../../ui/unknown-cost';

export interface BudgetRowProps {
  standing: BudgetStanding;
  open: boolean;
  onOpen: () => void;
  onRemove: () => void;
}

/** One budget: what it is for, what is spent of it, and from where on it says something. */
export function BudgetRow({ standing, open, onOpen, onRemove }: BudgetRowProps) {
  const { t } = useTranslation();
  const text = useBudgetText();
  const { budget, spent, warnAt } = standing;
  const name = text.name(budget);
  const percent = percentSpent(standing);
  const rule = t(budget.stops ? 'budgets.ruleStops' : 'budgets.ruleWarns', {
    at: limitText(warnAt),
    limit: text.limit(budget),
  });
  return (
    <li
      className={cx(
        'relative grid min-h-14 grid-cols-[minmax(0,1fr)_220px_28px] items-center gap-x-4 border-t py-1.5 border-line-soft pr-3 pl-4 first:border-0',
        open ? 'bg-surface-active' : 'hover:bg-surface-hover',
      )}
    >
      <div className="min-w-0">
        <button
          type="button"
          aria-expanded={open}
          onClick={onOpen}
          className="block max-w-full truncate rounded-1 text-left font-medium before:absolute before:inset-0"
        >
          {name}
        </button>
        <small className="block text-12 text-text-3 tabular-nums">{rule}</small>
      </div>
      <div className="flex flex-col gap-1.5 text-12">
        <span className="figures flex justify-between gap-2">
          <span>
            {t('budgets.spentOf', {
              spent: spentText(standing),
              limit: limitText(budget.limit),
            })}
          </span>
          {spent.unknown > 0 && (
            <span className="relative z-10">
              <UnknownCost count={spent.unknown} short href="#/spending" />
            </span>
          )}
          <span className="text-text-3">{t('budgets.percent', { percent })}</span>
        </span>
        <Meter label={t('budgets.percentOfBudget', { percent, name })} {...gaugeOf(standing)} />
      </div>
      <div className="relative z-10">
        <IconButton
          label={t('budgets.removeOf', { name })}
          icon={Trash2}
          small
          onClick={onRemove}
        />
      </div>
    </li>
  );
}
