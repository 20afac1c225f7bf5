import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { AlertDialog } from '../../ui/alert-dialog';
import type { Chosen } from './conversation-actions';

interface PurgeDialogProps {
  /** Null: nothing is to be asked. */
  chosen: Chosen | null;
  onClose: () => void;
  onPurge: (chosen: Chosen) => void;
  returnTo: RefObject<HTMLElement | null>;
}

/** Asks before conversations are deleted for good, and says what stays. */
export function PurgeDialog({ chosen, onClose, onPurge, returnTo }: PurgeDialogProps) {
  const { t } = useTranslation();
  const { ids, title } = chosen ?? { ids: [], title: null };
  return (
    <AlertDialog
      open={chosen !== null}
      onOpenChange={(open) => !open && onClose()}
      title={
        title === null
          ? t('sidebar.purgeTitleMany', { count: ids.length })
          : t('sidebar.purgeTitle', { title })
      }
      description={t('sidebar.purgeText', { count: ids.length })}
      safeLabel={t('sidebar.purgeKeep')}
      otherLabel={t('sidebar.purge')}
      otherVariant="danger"
      onOther={() => chosen && onPurge(chosen)}
      onClosed={() => returnTo.current?.focus()}
    />
  );
}
