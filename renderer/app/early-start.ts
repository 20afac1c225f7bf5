import { holdCalls, orpc, queryClient } from '../rpc/client';
import { askedDemo } from '../state/asked-demo';
import { lastDraftWasEmpty, readLastKnown } from '../state/last-known';
import { usable } from '../state/usable';

/** The longest that main is not asked for anything, in milliseconds. */
const LONGEST_HOLD_MS = 1000;

/**
 * Draws where a conversation begins from what was known last, and asks main only when one can write in it:
 * what main then loads would take the processor from the first frame (decision 0019).
 */
export function startEarly(): void {
  if (!/^(#\/?|#\/chat)?$/.test(location.hash) || askedDemo() !== null) return;
  const known = readLastKnown();
  if (!known || !lastDraftWasEmpty()) return;
  // Where one would be led anyway; to be led there takes a frame.
  history.replaceState(history.state, '', `${location.search}#/chat`);
  const defaults = (queryKey: readonly unknown[], placeholderData: unknown) =>
    queryClient.setQueryDefaults(queryKey, { placeholderData });
  defaults(orpc.app.settings.queryKey(), known.settings);
  defaults(orpc.connections.list.queryKey(), known.connections);
  defaults(orpc.conversations.newDraft.queryKey(), '');
  holdCalls(Promise.race([usable, new Promise<void>((go) => setTimeout(go, LONGEST_HOLD_MS))]));
}
