import { Tabs } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageId } from '../../../shared/ids';
import { Spinner } from '../../ui/spinner';
import type { Cost } from './receipt-figures';
import { CostText } from './receipt-text';

export interface CompareTab {
  readonly id: MessageId;
  readonly name: string;
  readonly running: boolean;
  readonly cost: Cost;
  readonly column: ReactNode;
}

/** The answers behind tabs, where they have no room beside each other. */
export function CompareTabs({ tabs, first }: { tabs: readonly CompareTab[]; first: MessageId }) {
  const { t } = useTranslation();
  const [chosen, choose] = useState(String(first));
  const known = tabs.some(({ id }) => String(id) === chosen);
  const value = known ? chosen : String(tabs[0]?.id ?? '');
  return (
    <Tabs.Root value={value} onValueChange={choose} className="compare-tabs">
      <Tabs.List className="compare-tab-list" aria-label={t('compare.tabsLabel')}>
        {tabs.map(({ id, name, running, cost }) => (
          <Tabs.Trigger key={id} value={String(id)} className="compare-tab">
            <span className="min-w-0 truncate">{name}</span>
            {running ? (
              <Spinner label={t('chat.answering')} />
            ) : (
              <small className="figures">
                <CostText cost={cost} />
              </small>
            )}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {tabs.map(({ id, column }) => (
        <Tabs.Content key={id} value={String(id)} className="compare-tab-panel" tabIndex={-1}>
          {column}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
