import { useMutation, useQuery } from '@tanstack/react-query';
import { CircleAlert, FolderOpen, RotateCcw, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Backup } from '../../../shared/contract/backup';
import { client, orpc, queryClient } from '../../rpc/client';
import { failureOf } from '../../rpc/failure';
import { fileProblemKey } from '../../state/file-problem';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';
import { fileSize } from '../../ui/file-size';
import { fullMoment } from '../../ui/format';
import { IconButton } from '../../ui/icon-button';
import { Spinner } from '../../ui/spinner';
import { notify } from '../../ui/toaster';
import { RemoveBackupDialog, RestoreDialog } from './backup-dialogs';
import { ConversationFiles } from './conversation-files';
import { SectionHeading } from './section-heading';
import { TrashSetting } from './trash-setting';

/** The copies of everything that Slice keeps: when they were made, and the way back to one. */
export function BackupsSection() {
  const { t } = useTranslation();
  const { data: state } = useQuery(orpc.backups.state.queryOptions());
  const making = useMutation(orpc.backups.create.mutationOptions());
  const [restoring, setRestoring] = useState<Backup | null>(null);
  const [removing, setRemoving] = useState<Backup | null>(null);
  const makeButton = useRef<HTMLButtonElement>(null);
  if (!state) return null;
  const { backups, running, failure } = state;
  const make = async () => {
    try {
      queryClient.setQueryData(orpc.backups.state.queryKey(), await making.mutateAsync({}));
      notify({ text: t('backups.made') });
    } catch {
      // It stands above the list.
      await queryClient.invalidateQueries({ queryKey: orpc.backups.key() });
    }
  };
  const remove = async ({ name }: Backup) => {
    try {
      queryClient.setQueryData(
        orpc.backups.state.queryKey(),
        await client.backups.remove({ name }),
      );
    } catch {
      notify({ text: t('backups.notRemoved') });
    }
  };
  const restore = async ({ name }: Backup) => {
    try {
      await client.backups.restore({ name });
    } catch (error) {
      const { code } = failureOf(error);
      notify({ text: t(code === 'store_corrupt' ? 'backups.damaged' : 'backups.notRestored') });
    }
  };
  const back = () => makeButton.current?.focus();
  return (
    <>
      <SectionHeading title={t('settings.backups')}>
        <Button ref={makeButton} aria-busy={running} disabled={running} onClick={() => void make()}>
          {running && <Spinner />}
          {running ? t('backups.making') : t('backups.make')}
        </Button>
      </SectionHeading>
      <p className="mb-4 max-w-(--measure) text-text-2">{t('backups.about')}</p>
      {failure && (
        <div role="alert" className="mb-4">
          <Alert
            tone="danger"
            icon={CircleAlert}
            label={t('backups.happened')}
            title={t('backups.notMade')}
          >
            <p className="mt-1 ml-6">
              {t(failure.code === 'store_corrupt' ? 'backups.unsound' : fileProblemKey(failure))}
            </p>
          </Alert>
        </div>
      )}
      {backups.length === 0 ? (
        <p className="text-12 text-text-3">{t('backups.none')}</p>
      ) : (
        <ul
          aria-label={t('backups.list')}
          className="overflow-hidden rounded-3 border border-line bg-surface-raised"
        >
          {backups.map((backup) => (
            <Row
              key={backup.name}
              backup={backup}
              onRestore={() => setRestoring(backup)}
              onRemove={() => setRemoving(backup)}
            />
          ))}
        </ul>
      )}
      <ConversationFiles />
      <TrashSetting />
      {restoring && (
        <RestoreDialog
          backup={restoring}
          onClose={() => setRestoring(null)}
          onRestore={() => void restore(restoring)}
          onClosed={back}
        />
      )}
      {removing && (
        <RemoveBackupDialog
          backup={removing}
          onClose={() => setRemoving(null)}
          onRemove={() => void remove(removing)}
          onClosed={back}
        />
      )}
    </>
  );
}

interface RowProps {
  backup: Backup;
  onRestore: () => void;
  onRemove: () => void;
}

function Row({ backup, onRestore, onRemove }: RowProps) {
  const { t } = useTranslation();
  const { name, at, kind, bytes } = backup;
  const when = fullMoment(at);
  const show = () =>
    client.backups.show({ name }).catch(() => notify({ text: t('usageFile.notShown') }));
  return (
    <li className="flex min-h-11 items-center gap-2 border-line px-4 py-1.5 not-first:border-t">
      <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-3">
        <span className="figures whitespace-normal">{when}</span>
        <span className="text-12 text-text-3">{t(`backups.kinds.${kind}`)}</span>
      </span>
      <span className="figures text-12 text-text-2">{fileSize(bytes)}</span>
      <IconButton
        label={t('backups.showOf', { when })}
        icon={FolderOpen}
        small
        onClick={() => void show()}
      />
      <IconButton label={t('backups.removeOf', { when })} icon={Trash2} small onClick={onRemove} />
      <IconButton
        label={t('backups.restoreOf', { when })}
        icon={RotateCcw}
        small
        onClick={onRestore}
      />
    </li>
  );
}
