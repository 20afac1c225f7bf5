import { create } from 'zustand';
import type { ConnectionId } from '../../../shared/ids';
import { leaveWithFreshPage } from '../../connection/saving';
import { orpc, queryClient } from '../../rpc/client';
import type { ConnectionDraft } from './connection-draft';

interface DraftsState {
  /** What was changed and not saved, by connection. It outlives leaving the page. */
  readonly drafts: ReadonlyMap<ConnectionId, ConnectionDraft>;
  readonly keep: (id: ConnectionId, draft: ConnectionDraft) => void;
  readonly drop: (id: ConnectionId) => void;
}

/** The unsaved changes to connections, for as long as the page lives. */
export const useDrafts = create<DraftsState>()((set) => ({
  drafts: new Map(),
  keep: (id, draft) => set(({ drafts }) => ({ drafts: new Map(drafts).set(id, draft) })),
  drop: (id) =>
    set(({ drafts }) => ({ drafts: new Map([...drafts].filter(([other]) => other !== id)) })),
}));

/** A secret that is saved by now was typed into this page. */
let secretTyped = false;

/**
 * To be called after each save: loads the page anew at `path` when a secret was typed into it, as soon
 * as that loses no unsaved change. False when the page stays.
 */
export function freshenPage(typedSecret: boolean, path: string): boolean {
  secretTyped ||= typedSecret;
  if (!secretTyped || hasUnsaved()) return false;
  leaveWithFreshPage(path);
  return true;
}

/** A draft of a connection that was removed meanwhile is none that could still be saved. */
function hasUnsaved(): boolean {
  const { drafts } = useDrafts.getState();
  const connections = queryClient.getQueryData(orpc.connections.list.queryKey());
  return [...drafts.keys()].some((id) => connections?.some((one) => one.id === id) ?? true);
}
