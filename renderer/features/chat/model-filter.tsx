import { RadioGroup } from 'radix-ui';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Model } from '../../../shared/contract/connection';
import { count } from '../../ui/format';
import { type FilterCount, type TypeFilter, typeFilters } from './model-lines';

export interface ModelFilterProps {
  models: readonly Model[];
  filter: TypeFilter;
  onChange: (filter: TypeFilter) => void;
}

/** Which types of models the list shows. Where there is only one type there is nothing to choose. */
export function ModelFilter({ models, filter, onChange }: ModelFilterProps) {
  const { t } = useTranslation();
  const filters = useMemo(() => typeFilters(models), [models]);
  if (filters.length === 0) return null;
  const nameOf = (line: FilterCount) => {
    if (line.filter === 'chat') return t('models.filterChat');
    return line.type ?? t('models.filterAll');
  };
  return (
    <RadioGroup.Root
      value={filter}
      onValueChange={(value) => {
        const chosen = filters.find((line) => line.filter === value);
        if (chosen) onChange(chosen.filter);
      }}
      orientation="horizontal"
      aria-label={t('models.filter')}
      className="flex flex-none gap-1 overflow-x-auto border-b border-line px-2 py-1.5 [scrollbar-width:none]"
      // The list takes the arrow keys for itself otherwise.
      onKeyDown={(event) => event.stopPropagation()}
    >
      {filters.map((line) => (
        <RadioGroup.Item
          key={line.filter}
          value={line.filter}
          className="flex h-6 flex-none items-center gap-1 rounded-1 px-1.5 text-12 text-text-2 hover:bg-surface-hover aria-checked:bg-surface-active aria-checked:font-medium aria-checked:text-text"
        >
          {nameOf(line)}
          <span className="figures font-normal text-text-3">{count(line.count)}</span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
