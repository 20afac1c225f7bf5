import { useTranslation } from 'react-i18next';
import type { Settings } from '../../shared/contract/app';
import { client, orpc, queryClient } from '../rpc/client';
import { notify } from '../ui/toaster';

/** The changes on their way to the store, in their order. */
let changes: readonly Partial<Settings>[] = [];

/** What the store has without them. */
let stored: Settings | undefined;

/** Changes settings at once; what could not be saved goes back to what it was. */
export function useChangeSettings(): (change: Partial<Settings>) => void {
  const { t } = useTranslation();
  return (change) => {
    if (changes.length === 0) stored = queryClient.getQueryData(orpc.app.settings.queryKey());
    changes = [...changes, change];
    show();
    client.app.changeSettings(change).then(
      (saved) => {
        stored = saved;
        settle(change);
      },
      () => {
        settle(change);
        notify({ text: t('settings.notSaved') });
      },
    );
  };
}

function settle(change: Partial<Settings>): void {
  changes = changes.filter((other) => other !== change);
  show();
}

/** Shows later changes already while the store answers to an earlier one. */
function show(): void {
  if (!stored) return;
  const shown: Settings = Object.assign({}, stored, ...changes);
  queryClient.setQueryData(orpc.app.settings.queryKey(), shown);
}
