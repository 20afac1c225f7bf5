import { Columns3, FileDiff, PanelTop, Plus, Table2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_TARGETS } from '../../../shared/contract/run';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/icon-button';

export interface CompareHeaderProps {
  title: string;
  /** What it has cost. */
  sums: ReactNode;
  /** How many answers there are. */
  count: number;
  /** Null while it is not possible. */
  onAddModel: (() => void) | null;
  /** Null when fewer than two answers are on their way. */
  onStopAll: (() => void) | null;
  /** Null where there is no room for columns. */
  layout: 'columns' | 'tabs' | null;
  onLayout: (layout: 'columns' | 'tabs') => void;
  differences: boolean;
  /** Null while fewer than two answers are there. */
  onDifferences: ((on: boolean) => void) | null;
  onClose: () => void;
}

/** What a comparison is called, what it has cost, and what can be done with it. */
export function CompareHeader(props: CompareHeaderProps) {
  const { title, sums, count, onAddModel, onStopAll, layout, differences, onDifferences } = props;
  const { t } = useTranslation();
  const full = count >= MAX_TARGETS;
  return (
    <header className="chat-header">
      <h1 className="min-w-0 flex-1 truncate text-13 font-semibold">{title}</h1>
      <div className="flex h-full">{sums}</div>
      {onStopAll && (
        <Button size="sm" onClick={onStopAll}>
          <span aria-hidden="true" className="size-2.5 rounded-[2px] bg-current" />
          {t('compare.stopAll')}
        </Button>
      )}
      <span title={full ? t('compare.addModelFull', { count: MAX_TARGETS }) : undefined}>
        <Button size="sm" disabled={full || onAddModel === null} onClick={() => onAddModel?.()}>
          <Icon icon={Plus} small />
          {t('compare.addModel')}
        </Button>
      </span>
      <div className="flex">
        <IconButton
          label={differences ? t('compare.differencesOff') : t('compare.differencesHint')}
          icon={FileDiff}
          aria-pressed={differences}
          disabled={onDifferences === null}
          onClick={() => onDifferences?.(!differences)}
        />
        {layout !== null && (
          <IconButton
            label={layout === 'tabs' ? t('compare.columns') : t('compare.tabs')}
            icon={layout === 'tabs' ? Columns3 : PanelTop}
            onClick={() => props.onLayout(layout === 'tabs' ? 'columns' : 'tabs')}
          />
        )}
        <IconButton
          label={t('compare.all')}
          icon={Table2}
          onClick={() => {
            location.hash = '/comparisons';
          }}
        />
        <IconButton label={t('compare.close')} icon={X} shortcut="Escape" onClick={props.onClose} />
      </div>
    </header>
  );
}
