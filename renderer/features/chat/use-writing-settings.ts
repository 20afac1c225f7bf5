import { useQuery } from '@tanstack/react-query';
import type { Settings } from '../../../shared/contract/app';
import { orpc } from '../../rpc/client';

/** How the user wants to write. */
export function useWritingSettings(): Pick<Settings, 'sendKey' | 'spellCheck'> {
  const { data } = useQuery(orpc.app.settings.queryOptions());
  return { sendKey: data?.sendKey ?? 'enter', spellCheck: data?.spellCheck ?? true };
}
