import { Archive, ArchiveRestore, Download, Tag, Trash2, Undo2, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Place } from '../../../shared/contract/conversation';
import { askTranscript } from '../../state/transcript-request';
import { IconButton } from '../../ui/icon-button';
import type { Chosen, ConversationActions } from './conversation-actions';

interface SelectionBarProps {
  chosen: Chosen;
  place: Place;
  actions: ConversationActions;
  onTag: () => void;
  onPurge: () => void;
  onLeave: () => void;
}

/** How many conversations are selected, and what can be done with all of them. */
export function SelectionBar(props: SelectionBarProps) {
  const { chosen, place, actions, onTag, onPurge, onLeave } = props;
  const { t } = useTranslation();
  const archived = place === 'archive';
  return (
    <div
      role="toolbar"
      aria-label={t('sidebar.selection')}
      className="flex h-10 flex-none items-center gap-0.5 border-t border-line bg-surface-side pr-2 pl-4"
    >
      <span role="status" className="figures min-w-0 flex-1 truncate text-12 font-medium">
        {t('sidebar.selected', { count: chosen.ids.length })}
      </span>
      {place === 'trash' ? (
        <>
          <IconButton
            label={t('sidebar.restore')}
            icon={Undo2}
            small
            side="top"
            onClick={() => actions.restore(chosen)}
          />
          <IconButton label={t('sidebar.purge')} icon={Trash2} small side="top" onClick={onPurge} />
        </>
      ) : (
        <>
          <IconButton label={t('sidebar.tags')} icon={Tag} small side="top" onClick={onTag} />
          <IconButton
            label={t('sidebar.export')}
            icon={Download}
            small
            side="top"
            onClick={() => askTranscript(chosen)}
          />
          <IconButton
            label={archived ? t('sidebar.unarchive') : t('sidebar.archive')}
            icon={archived ? ArchiveRestore : Archive}
            small
            side="top"
            onClick={() => actions.archive(chosen, !archived)}
          />
          <IconButton
            label={t('sidebar.delete')}
            icon={Trash2}
            small
            side="top"
            onClick={() => actions.remove(chosen)}
          />
        </>
      )}
      <IconButton
        label={t('sidebar.leaveSelection')}
        shortcut="Escape"
        icon={X}
        small
        side="top"
        onClick={onLeave}
      />
    </div>
  );
}
