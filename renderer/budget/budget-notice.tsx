import { Wallet } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { BudgetScope } from '../../shared/budget';
import type { ConnectionId, ConversationId, PresetId } from '../../shared/ids';
import { Banner } from '../ui/banner';
import { Button } from '../ui/button';
import { percentSpent, spentText } from './budget-figures';
import { useBudgetText } from './use-budget-text';
import { useBudgets } from './use-budgets';

export interface BudgetNoticeProps {
  conversationId: ConversationId | null;
  connectionId: ConnectionId;
  presetId: PresetId | null;
}

/** Warns of the budget of the next message that is nearest to its limit. Nothing is kept from leaving. */
export function BudgetNotice(props: BudgetNoticeProps) {
  const { t } = useTranslation();
  const text = useBudgetText();
  const warning = useBudgets()
    .filter(({ verdict, budget }) => verdict !== 'fine' && countsHere(budget.scope, props))
    .toSorted((a, b) => percentSpent(b) - percentSpent(a))[0];
  if (!warning) return null;
  const { budget, reaches } = warning;
  const words = {
    name: text.name(budget),
    spent: spentText(warning),
    limit: text.limit(budget),
  };
  const usedUp = reaches.high >= budget.limit;
  return (
    <Banner
      icon={Wallet}
      title={t(usedUp ? 'budgets.usedUpTitle' : 'budgets.warnTitle', words)}
      action={
        <Button size="sm" asChild>
          <a href={`#/settings/budgets/${budget.id}`}>{t('budgets.change')}</a>
        </Button>
      }
    >
      {t(usedUp && budget.stops ? 'budgets.usedUpText' : 'budgets.warnText', words)}
    </Banner>
  );
}

function countsHere(scope: BudgetScope, here: BudgetNoticeProps): boolean {
  switch (scope.kind) {
    case 'all':
      return true;
    case 'conversation':
      return scope.id === here.conversationId;
    case 'preset':
      return scope.id === here.presetId;
    case 'connection':
      return scope.id === here.connectionId;
  }
}
