import { useMutation } from '@tanstack/react-query';
import { Activity, Ellipsis, RefreshCw, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/contract/connection';
import { useDemoRemoval } from '../../connection/demo-removal';
import { problemOfFailure } from '../../connection/problem';
import { orpc, queryClient } from '../../rpc/client';
import { failureOf } from '../../rpc/failure';
import { count } from '../../ui/format';
import { IconButton } from '../../ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu';
import { notify } from '../../ui/toaster';
import { useRemoval } from './removal';

export interface ConnectionMenuProps {
  connection: Connection;
  host: string;
  onTest: () => void;
}

/** What can be done with a connection besides changing it. */
export function ConnectionMenu({ connection, host, onTest }: ConnectionMenuProps) {
  const { t } = useTranslation();
  const { id, name } = connection;
  const remove = useRemoval();
  const removeDemo = useDemoRemoval();
  const refresh = useMutation(
    orpc.connections.refreshCatalogue.mutationOptions({
      onSuccess: ({ models }) =>
        notify({
          text: t('settings.refreshed', { name, count: models.length, text: count(models.length) }),
        }),
      onError: (error) => {
        const { kind } = problemOfFailure(failureOf(error));
        notify({ text: t(`connection.problem.${kind}.what`, { host }) });
      },
      onSettled: () => queryClient.invalidateQueries({ queryKey: orpc.connections.key() }),
    }),
  );
  return (
    <Menu trigger={<IconButton label={t('settings.moreOf', { name })} icon={Ellipsis} />}>
      <MenuItem icon={Activity} onSelect={onTest}>
        {t('settings.test')}
      </MenuItem>
      <MenuItem
        icon={RefreshCw}
        disabled={refresh.isPending}
        onSelect={() => refresh.mutate({ id })}
      >
        {t('settings.refreshModels')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={Trash2}
        danger
        onSelect={() => void (connection.isDemo ? removeDemo() : remove(connection))}
      >
        {t(connection.isDemo ? 'connection.removeDemo' : 'settings.remove')}
      </MenuItem>
    </Menu>
  );
}
