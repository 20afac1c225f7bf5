import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Backup } from '../../../shared/contract/backup';
import { orpc } from '../../rpc/client';
import { AlertDialog } from '../../ui/alert-dialog';
import { count, fullMoment } from '../../ui/format';
import { Spinner } from '../../ui/spinner';

interface DialogProps {
  backup: Backup;
  onClose: () => void;
  onClosed: () => void;
}

/** Asks before everything is put back to where it was, and says what that means. */
export function RestoreDialog({
  backup,
  onClose,
  onClosed,
  onRestore,
}: DialogProps & { onRestore: () => void }) {
  const { t } = useTranslation();
  const when = fullMoment(backup.at);
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('backups.restoreTitle', { when })}
      description={t('backups.restoreText')}
      safeLabel={t('backups.keepPresent')}
      otherLabel={t('backups.restore')}
      onOther={onRestore}
      onClosed={onClosed}
    >
      <Preview name={backup.name} />
    </AlertDialog>
  );
}

function Preview({ name }: Pick<Backup, 'name'>) {
  const { t } = useTranslation();
  const { data, isError } = useQuery(
    orpc.backups.preview.queryOptions({ input: { name }, staleTime: 0 }),
  );
  if (isError) {
    return (
      <p role="alert" className="mt-3 text-danger">
        {t('backups.damaged')}
      </p>
    );
  }
  if (!data) {
    return (
      <p className="mt-3 flex items-center gap-2 text-text-2">
        <Spinner />
        {t('backups.looking')}
      </p>
    );
  }
  const { conversations, messages, answers, missingConversations, missingAnswers } = data;
  const listed = (...parts: readonly string[]) => parts.join(t('models.comma'));
  const conversationsOf = (number: number) =>
    t('backups.conversations', { count: number, text: count(number) });
  const requestsOf = (number: number) =>
    t('backups.requests', { count: number, text: count(number) });
  return (
    <dl className="figures mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
      <dt className="text-text-2">{t('backups.inIt')}</dt>
      <dd>
        {listed(
          conversationsOf(conversations),
          t('backups.messages', { count: messages, text: count(messages) }),
          requestsOf(answers),
        )}
      </dd>
      <dt className="text-text-2">{t('backups.since')}</dt>
      <dd>
        {missingConversations + missingAnswers === 0
          ? t('backups.nothingSince')
          : listed(conversationsOf(missingConversations), requestsOf(missingAnswers))}
      </dd>
    </dl>
  );
}

/** Asks before a backup is deleted: its file does not come back. */
export function RemoveBackupDialog({
  backup,
  onClose,
  onClosed,
  onRemove,
}: DialogProps & { onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('backups.removeTitle', { when: fullMoment(backup.at) })}
      description={t('backups.removeText')}
      safeLabel={t('backups.keep')}
      otherLabel={t('backups.remove')}
      otherVariant="danger"
      onOther={onRemove}
      onClosed={onClosed}
    />
  );
}
