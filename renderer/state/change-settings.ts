import { useTranslation } from 'react-i18next';
import type { Settings } from '../../shared/contract/app';
import { client, orpc, queryClient } from '../rpc/client';
import { notify } from '../ui/toaster';

/** Counts the changes, so that a late answer to an earlier one does not undo a later one on screen. */
let changes = 0;

/** Changes settings at once; what could not be saved goes back to what it was. */
export function useChangeSettings(): (change: Partial<Settings>) => void {
  const { t } = useTranslation();
  const queryKey = orpc.app.settings.queryKey();
  return (change) => {
    changes += 1;
    const mine = changes;
    const before = queryClient.getQueryData(queryKey);
    if (before) queryClient.setQueryData(queryKey, { ...before, ...change });
    client.app.changeSettings(change).then(
      (saved) => {
        if (mine === changes) queryClient.setQueryData(queryKey, saved);
      },
      () => {
        if (before) queryClient.setQueryData(queryKey, before);
        notify({ text: t('settings.notSaved') });
      },
    );
  };
}
