import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Budget, BudgetPeriod } from '../../../shared/budget';
import { client, orpc, queryClient } from '../../rpc/client';
import { failureOf } from '../../rpc/failure';
import { Button } from '../../ui/button';
import { Segmented } from '../../ui/segmented';
import { Select } from '../../ui/select';
import { TextField } from '../../ui/text-field';
import { budgetIn, draftOf, NEW_DRAFT, typedLimit, typedPercent } from './budget-draft';
import { useScopes } from './use-scopes';

const PERIODS: readonly BudgetPeriod[] = ['day', 'month', 'total'];

export interface BudgetEditorProps {
  /** Null: a new one. */
  budget: Budget | null;
  onClose: () => void;
}

/** A budget in full, to be made or changed. */
export function BudgetEditor({ budget, onClose }: BudgetEditorProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(() => (budget ? draftOf(budget) : NEW_DRAFT));
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { scopes, options } = useScopes(budget);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('button, input')?.focus(), []);
  const change = (part: Partial<typeof draft>) => {
    setDraft({ ...draft, ...part });
    setProblem(null);
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const made = budgetIn(draft, scopes);
    if (!made) return;
    try {
      if (budget) await client.budgets.change({ ...made, id: budget.id });
      else await client.budgets.create(made);
      await queryClient.invalidateQueries({ queryKey: orpc.budgets.key() });
      onClose();
    } catch (error) {
      const taken = failureOf(error).code === 'conflict';
      setProblem(t(taken ? 'budgets.taken' : 'budgets.notSaved'));
    }
  };
  const noLimit = tried && typedLimit(draft.limit) === null;
  const noPercent = tried && typedPercent(draft.warnPercent) === null;
  return (
    <form
      ref={form}
      aria-label={t(budget ? 'budgets.change' : 'budgets.new')}
      className="grid grid-cols-2 gap-4 rounded-3 border border-line bg-surface-raised p-4"
      onSubmit={(event) => void save(event)}
      noValidate
    >
      <Select
        label={t('budgets.for')}
        value={draft.scope}
        options={options}
        onChange={(scope) => change({ scope })}
      />
      <Segmented
        label={t('budgets.period')}
        showLabel
        large
        value={draft.period}
        segments={PERIODS.map((value) => ({ value, label: t(`budgets.periods.${value}`) }))}
        onChange={(period) => change({ period })}
      />
      <TextField
        label={t('budgets.limit')}
        value={draft.limit}
        inputMode="decimal"
        autoComplete="off"
        placeholder="20.00"
        onChange={(event) => change({ limit: event.target.value })}
        {...(noLimit ? { error: t('budgets.noLimit') } : {})}
      />
      <TextField
        label={t('budgets.warnPercent')}
        value={draft.warnPercent}
        inputMode="numeric"
        autoComplete="off"
        onChange={(event) => change({ warnPercent: event.target.value })}
        {...(noPercent ? { error: t('budgets.noPercent') } : {})}
      />
      <Segmented
        className="col-span-2"
        label={t('budgets.atLimit')}
        showLabel
        value={draft.stops ? 'stop' : 'warn'}
        segments={[
          { value: 'stop', label: t('budgets.stop') },
          { value: 'warn', label: t('budgets.warn') },
        ]}
        onChange={(value) => change({ stops: value === 'stop' })}
      />
      <div className="col-span-2 flex items-center justify-end gap-2">
        {problem !== null && (
          <p role="alert" className="mr-auto text-12 text-danger">
            {problem}
          </p>
        )}
        <Button onClick={onClose}>{t('budgets.cancel')}</Button>
        <Button type="submit" variant="ink">
          {t(budget ? 'budgets.save' : 'budgets.add')}
        </Button>
      </div>
    </form>
  );
}
