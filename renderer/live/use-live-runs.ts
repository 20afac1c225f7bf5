import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { ConversationId, MessageId, RunId } from '../../shared/ids';
import { client } from '../rpc/client';
import { followFeed } from './feed';
import { type LiveRun, type LiveRunRef, newestOf } from './live-run';
import { LiveRuns } from './live-runs';
import { storedData } from './stored-data';

/** The answers on their way in this window. */
export const liveRuns = new LiveRuns((flush) => requestAnimationFrame(flush));

/** Follows the feed until the returned function is called. Once for the window. */
export function startFeed(): () => void {
  const abort = new AbortController();
  void followFeed({ source: client, runs: liveRuns, stored: storedData, signal: abort.signal });
  return () => abort.abort();
}

const NOTHING = () => () => {};

/** One live run, anew at most once a frame; null when it is over and stored. */
export function useLiveRun(runId: RunId | null): LiveRun | null {
  const subscribe = useCallback(
    (listener: () => void) => (runId === null ? NOTHING() : liveRuns.subscribe(runId, listener)),
    [runId],
  );
  const read = useCallback(() => (runId === null ? null : liveRuns.get(runId)), [runId]);
  return useSyncExternalStore(subscribe, read, read);
}

/** All live runs; changes only when one begins or goes. */
export function useLiveRuns(): readonly LiveRunRef[] {
  return useSyncExternalStore(liveRuns.subscribeToList, liveRuns.list, liveRuns.list);
}

/** The newest live run of a conversation, or null. */
export function useLiveConversation(conversationId: ConversationId | null): LiveRunRef | null {
  return useLiveRunsOf(conversationId).at(-1) ?? null;
}

/** All live runs of a conversation, in the order they began: several when it was sent to several. */
export function useLiveRunsOf(conversationId: ConversationId | null): readonly LiveRunRef[] {
  const runs = useLiveRuns();
  return useMemo(
    () => runs.filter((ref) => ref.conversationId === conversationId),
    [runs, conversationId],
  );
}

/** The live run that writes this message, or null. */
export function useLiveRunOfMessage(messageId: MessageId): LiveRun | null {
  const ref = newestOf(useLiveRuns(), messageId);
  return useLiveRun(ref?.runId ?? null);
}
