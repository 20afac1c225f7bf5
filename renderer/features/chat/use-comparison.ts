import { useCallback, useEffect, useState } from 'react';
import type { Message } from '../../../shared/contract/conversation';
import type { ConversationId, MessageId } from '../../../shared/ids';
import type { LiveRunRef } from '../../live/live-run';
import { useComparisonWanted } from './comparison-wanted';

export interface ComparisonState {
  /** The answer whose companions are shown beside it; null for the thread. */
  readonly shown: MessageId | null;
  readonly open: (message: Pick<Message, 'id'>) => void;
  readonly close: () => void;
}

/**
 * Whether the answers of a conversation are shown side by side. That opens by itself when a message is
 * answered by several, once for each time: whoever has left it is not taken back.
 */
export function useComparison(
  id: ConversationId,
  messages: readonly Message[],
  live: readonly LiveRunRef[],
): ComparisonState {
  const [shown, setShown] = useState<MessageId | null>(null);
  const [seen, setSeen] = useState<string | null>(null);
  const last = messages.at(-1);
  const fanOut = last && arrivingTogether(last, live);
  if (last && fanOut && fanOut !== seen) {
    setSeen(fanOut);
    setShown(last.id);
  }
  const { wanted, done } = useComparisonWanted();
  useEffect(() => {
    if (wanted?.id !== id) return;
    setShown(wanted.messageId);
    done();
  }, [wanted, done, id]);
  const open = useCallback((message: Pick<Message, 'id'>) => setShown(message.id), []);
  const close = useCallback(() => setShown(null), []);
  return { shown, open, close };
}

/** What several answers have in common that are on their way, this one among them; else null. */
export function arrivingTogether(
  { siblings, run }: Pick<Message, 'siblings' | 'run'>,
  live: readonly Pick<LiveRunRef, 'messageId'>[],
): string | null {
  const arriving = siblings.filter((id) => live.some(({ messageId }) => messageId === id));
  return arriving.length > 1 ? (run?.fanOut ?? null) : null;
}
