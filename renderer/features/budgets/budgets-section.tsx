import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { BudgetStanding } from '../../../shared/budget';
import { useBudgetText } from '../../budget/use-budget-text';
import { client, orpc, queryClient } from '../../rpc/client';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { notify } from '../../ui/toaster';
import { BudgetEditor } from './budget-editor';
import { BudgetRow } from './budget-row';

const ADDRESS = '/settings/budgets';

/** The budgets there are, and one of them in full. `item` is the id of that one, or `new`. */
export function BudgetsSection({ item }: { item: string | null }) {
  const { t } = useTranslation();
  const text = useBudgetText();
  const [, navigate] = useLocation();
  const { data: budgets } = useQuery(orpc.budgets.list.queryOptions());
  const addButton = useRef<HTMLButtonElement>(null);
  if (!budgets) return null;
  const open = budgets.find(({ budget }) => String(budget.id) === item) ?? null;
  const adding = item === 'new';
  const close = () => {
    navigate(ADDRESS);
    addButton.current?.focus();
  };
  const readAgain = () => queryClient.invalidateQueries({ queryKey: orpc.budgets.key() });
  const restore = async ({ budget: { id } }: BudgetStanding) => {
    try {
      await client.budgets.restore({ id });
    } catch {
      notify({ text: t('budgets.notRestored') });
    }
    await readAgain();
  };
  const remove = async (standing: BudgetStanding) => {
    const name = text.name(standing.budget);
    try {
      await client.budgets.remove({ id: standing.budget.id });
    } catch {
      notify({ text: t('budgets.notRemoved', { name }) });
      return;
    }
    close();
    await readAgain();
    notify({
      text: t('budgets.removed', { name }),
      action: { label: t('budgets.undo'), onSelect: () => void restore(standing) },
    });
  };
  return (
    <>
      <div className="mb-3 flex min-h-8 items-center gap-2">
        <h2 className="min-w-0 flex-1 text-15 font-semibold tracking-[-0.01em]">
          {t('settings.budgets')}
        </h2>
        <Button ref={addButton} aria-expanded={adding} onClick={() => navigate(`${ADDRESS}/new`)}>
          <Icon icon={Plus} small />
          {t('budgets.new')}
        </Button>
      </div>
      {budgets.length > 0 && (
        <ul
          aria-label={t('settings.budgets')}
          className="overflow-hidden rounded-3 border border-line bg-surface-raised"
        >
          {budgets.map((standing) => (
            <BudgetRow
              key={standing.budget.id}
              standing={standing}
              open={standing === open}
              onOpen={() => navigate(`${ADDRESS}/${standing.budget.id}`)}
              onRemove={() => void remove(standing)}
            />
          ))}
        </ul>
      )}
      <p className="mt-2 max-w-(--measure) text-12 text-text-3">
        {t(budgets.length === 0 ? 'budgets.none' : 'budgets.hint')}
      </p>
      {(adding || open) && (
        <div className="mt-4">
          <BudgetEditor
            key={open?.budget.id ?? 'new'}
            budget={open?.budget ?? null}
            onClose={close}
          />
        </div>
      )}
    </>
  );
}
