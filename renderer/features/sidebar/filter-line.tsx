import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../rpc/client';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { IconButton } from '../../ui/icon-button';
import { changeView, useListView } from './list-view';

interface FilterLineProps {
  /** How many conversations are listed. */
  count: number;
  onEmptyTrash: () => void;
}

/** Says what the list is narrowed to, and leads back to all; nothing while it shows all. */
export function FilterLine({ count, onEmptyTrash }: FilterLineProps) {
  const { t } = useTranslation();
  const { place, tag } = useListView();
  const { data: settings } = useQuery(orpc.app.settings.queryOptions());
  if (place === 'list' && tag === null) return null;
  const kept = place === 'trash' ? (settings?.trashDays ?? null) : null;
  return (
    <div className="flex h-10 flex-none items-center gap-2 border-b border-line pr-2 pl-4 text-12">
      <span className="flex min-w-0 flex-1 items-center gap-1.5 font-medium">
        <span className="flex-none">{t(`sidebar.places.${place}`)}</span>
        {kept !== null && (
          <span className="min-w-0 truncate font-normal text-text-3" title={t('sidebar.trashHint')}>
            {t('sidebar.trashKept', { count: kept })}
          </span>
        )}
        {tag !== null && <Badge className="min-w-0 truncate">{tag}</Badge>}
      </span>
      {place === 'trash' && count > 0 && (
        <Button size="sm" variant="quiet" className="text-danger" onClick={onEmptyTrash}>
          {t('sidebar.emptyTrash')}
        </Button>
      )}
      <IconButton
        label={t('sidebar.showAll')}
        icon={X}
        small
        onClick={() => changeView({ place: 'list', tag: null })}
      />
    </div>
  );
}
