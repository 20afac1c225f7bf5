import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { client, queryClient } from '../rpc/client';
import { failureOf } from '../rpc/failure';
import { notify } from '../ui/toaster';

/** Removes the demo with all that belongs to it, with a way back until the app ends. */
export function useDemoRemoval(): () => Promise<void> {
  const { t } = useTranslation();
  const [path, navigate] = useLocation();
  const restore = async () => {
    try {
      await client.demo.restore();
      await queryClient.invalidateQueries();
      navigate(path);
    } catch (error) {
      const replaced = failureOf(error).code === 'conflict';
      notify({ text: t(replaced ? 'connection.demoReplaced' : 'connection.demoNotRestored') });
    }
  };
  return async () => {
    try {
      await client.demo.remove();
    } catch {
      notify({ text: t('connection.demoNotRemoved') });
      return;
    }
    // Before its conversations are asked for again, which are not there any more.
    if (path.startsWith('/chat')) navigate('/chat');
    await queryClient.invalidateQueries();
    notify({
      text: t('connection.demoRemoved'),
      action: { label: t('connection.undo'), onSelect: () => void restore() },
    });
  };
}
