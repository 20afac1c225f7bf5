import { ListFilter } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepWhileComposing } from '../../ui/composition';
import { leaveFocusElsewhere } from '../../ui/focus-return';
import { Icon } from '../../ui/icon';
import { FilterPanel, type FilterPanelProps } from './filter-panel';

/** Opens what the rows can be narrowed by. In a narrow window only its drawing is left. */
export function FilterButton({ place, demo, today }: FilterPanelProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const chosen =
    Object.values(place.only).reduce((sum, keys) => sum + keys.length, 0) +
    (place.sources?.length ?? 0) +
    (place.waste === null ? 0 : 1);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="inline-flex h-8 flex-none items-center gap-2 rounded-2 px-2 font-medium text-text-2 transition-colors duration-(--m-fast) hover:bg-surface-hover aria-expanded:bg-surface-active aria-expanded:text-text">
        <Icon icon={ListFilter} small />
        <span className="compact:sr-only">{t('spending.filter')}</span>
        {chosen > 0 && (
          <span className="figures rounded-1 bg-accent-soft px-1.5 text-11 font-medium text-accent-text">
            {chosen}
          </span>
        )}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label={t('spending.filter')}
          onEscapeKeyDown={keepWhileComposing}
          onCloseAutoFocus={leaveFocusElsewhere}
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="floating z-50 flex h-[360px] max-h-(--radix-popover-content-available-height) w-[480px] overflow-hidden rounded-3 border border-line bg-surface-raised shadow-mid outline-none"
        >
          <FilterPanel place={place} demo={demo} today={today} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
