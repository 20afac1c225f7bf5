import { useEffect, useState } from 'react';
import type { ChatSettings } from '../../../shared/chat-settings';
import { openDraft } from './drafts';

/**
 * The settings of a conversation. A change counts at once and is saved after a pause; what is read from
 * the store meanwhile is older than it.
 */
export function useSettings(
  stored: ChatSettings,
  save: (settings: ChatSettings) => Promise<void>,
): [ChatSettings, (settings: ChatSettings) => void] {
  const [own, setOwn] = useState<ChatSettings | null>(null);
  const [draft] = useState(() => openDraft(stored, save));
  useEffect(() => {
    window.addEventListener('pagehide', draft.flush);
    return () => {
      window.removeEventListener('pagehide', draft.flush);
      draft.flush();
    };
  }, [draft]);
  const change = (next: ChatSettings) => {
    setOwn(next);
    draft.write(next);
  };
  return [own ?? stored, change];
}
