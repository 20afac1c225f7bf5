import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { ConversationId, MessageId, RunId } from '../../shared/ids';
import type { RunView } from '../../shared/run-view';
import { client } from '../rpc/client';
import { drawPace, thisWindow } from './draw-pace';
import { followFeed } from './feed';
import { type LiveRun, type LiveRunRef, newestOf } from './live-run';
import { LiveRuns } from './live-runs';
import { followDays, storedData } from './stored-data';

/** The answers on their way in this window. */
export const liveRuns = new LiveRuns(drawPace(thisWindow()));

/** Follows the feed, and the calendar, until the returned function is called. Once for the window. */
export function startFeed(): () => void {
  const abort = new AbortController();
  void followFeed({ source: client, runs: liveRuns, stored: storedData, signal: abort.signal });
  const unfollow = followDays();
  return () => {
    abort.abort();
    unfollow();
  };
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

/** What a live run waits for before it is sent again; null, too, while it goes on. */
export function useLiveWaiting(runId: RunId | null): RunView['waiting'] {
  const subscribe = useCallback(
    (listener: () => void) => (runId === null ? NOTHING() : liveRuns.subscribe(runId, listener)),
    [runId],
  );
  const read = useCallback(
    () => (runId === null ? null : (liveRuns.get(runId)?.view.waiting ?? null)),
    [runId],
  );
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

/**
 * The live runs that write these messages, null where there is none; anew at most once a frame. The
 * list of messages has to be the same array as long as they are the same.
 */
export function useLiveRunsOfMessages(
  messageIds: readonly MessageId[],
): readonly (LiveRun | null)[] {
  const refs = useLiveRuns();
  const { subscribe, read } = useMemo(() => {
    const ids = messageIds.map((id) => newestOf(refs, id)?.runId ?? null);
    return watched(ids);
  }, [refs, messageIds]);
  return useSyncExternalStore(subscribe, read, read);
}

/** Several runs as one thing to watch, whose value is the same array as long as nothing changes. */
function watched(ids: readonly (RunId | null)[]) {
  let known: readonly (LiveRun | null)[] = [];
  return {
    subscribe(listener: () => void): () => void {
      const ends = ids.flatMap((id) => (id === null ? [] : [liveRuns.subscribe(id, listener)]));
      return () => {
        for (const end of ends) end();
      };
    },
    read(): readonly (LiveRun | null)[] {
      const now = ids.map((id) => (id === null ? null : liveRuns.get(id)));
      if (now.length !== known.length || now.some((run, at) => run !== known[at])) known = now;
      return known;
    },
  };
}
