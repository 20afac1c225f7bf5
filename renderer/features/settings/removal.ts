import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/contract/connection';
import { client, orpc, queryClient } from '../../rpc/client';
import { notify } from '../../ui/toaster';

/** Takes a connection out of the lists, with a way back. */
export function useRemoval(): (connection: Connection) => Promise<void> {
  const { t } = useTranslation();
  const readAgain = () => queryClient.invalidateQueries({ queryKey: orpc.connections.list.key() });
  const restore = async ({ id }: Connection) => {
    try {
      await client.connections.restore({ id });
    } catch {
      notify({ text: t('settings.notRestored') });
    }
    await readAgain();
  };
  return async (connection) => {
    try {
      await client.connections.remove({ id: connection.id });
    } catch {
      notify({ text: t('settings.notRemoved', { name: connection.name }) });
      return;
    }
    await readAgain();
    notify({
      text: t('settings.removed', { name: connection.name }),
      action: { label: t('settings.undo'), onSelect: () => void restore(connection) },
    });
  };
}
