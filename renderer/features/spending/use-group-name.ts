import { useTranslation } from 'react-i18next';
import type { Grouping } from '../../../shared/contract/spending';
import { runState } from '../../../shared/run-state';
import { useValueText } from '../../parameters/use-value-text';
import { useToday } from '../../state/today';
import { dayRange } from '../../ui/format';
import { dayStart } from './spending-period';

/** How a group is called: by its key, and by the name that the store has for that. */
export type GroupName = (groupBy: Grouping, key: string, name: string) => string;

/** Names for people: states and routing in words, days as dates, and a word for what is not there. */
export function useGroupName(): GroupName {
  const { t } = useTranslation();
  const valueText = useValueText();
  const today = useToday();
  return (groupBy, key, name) => {
    if (key === '') {
      const isNamed = groupBy !== 'day' && groupBy !== 'state' && groupBy !== 'model';
      return isNamed ? t(`spending.none.${groupBy}`) : t('ui.unknown');
    }
    switch (groupBy) {
      case 'state': {
        const state = runState.safeParse(key);
        return state.success ? t(`spending.states.${state.data}`) : key;
      }
      case 'routing':
        return valueText('routing', key);
      case 'day': {
        const at = dayStart(key);
        return Number.isNaN(at) ? key : dayRange(at, at, today);
      }
      case 'model':
      case 'provider':
      case 'connection':
      case 'preset':
      case 'conversation':
      case 'tag':
        return name === '' ? key : name;
    }
  };
}
