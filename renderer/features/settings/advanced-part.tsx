import { ChevronRight } from 'lucide-react';
import { Collapsible } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '../../ui/class-names';
import { Icon } from '../../ui/icon';

export interface AdvancedPartProps {
  /** Something inside needs to be seen. */
  forced: boolean;
  /** What inside differs from the usual, in a few words; shown while it is closed. */
  summary?: string;
  children: ReactNode;
}

/** What most connections never need, out of the way. */
export function AdvancedPart({ forced, summary, children }: AdvancedPartProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const open = opened || forced;
  return (
    <Collapsible.Root open={open} onOpenChange={setOpened} className="mt-3">
      <Collapsible.Trigger className="-ml-1.5 flex h-7 items-center gap-1 rounded-2 pr-2 pl-1 text-12 font-medium text-text-2 hover:bg-surface-hover">
        <Icon icon={ChevronRight} small className={cx('text-text-3', open && 'rotate-90')} />
        {t('settings.advanced')}
        {!open && summary !== undefined && summary !== '' && (
          <span className="pl-1 font-normal text-text-3">{summary}</span>
        )}
      </Collapsible.Trigger>
      <Collapsible.Content className="pt-3">{children}</Collapsible.Content>
    </Collapsible.Root>
  );
}
