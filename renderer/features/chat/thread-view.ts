import { create } from 'zustand';
import type { MessageId } from '../../../shared/ids';

interface ThreadView {
  /** Messages that are shown as they were written instead of formatted. */
  readonly raw: ReadonlySet<MessageId>;
  readonly showRaw: (id: MessageId, raw: boolean) => void;
  /** Answers on which the page broke: they are shown as plain text. Null until they are known. */
  readonly plain: ReadonlySet<MessageId> | null;
  readonly setPlain: (ids: ReadonlySet<MessageId>) => void;
  /** Formats one of them all the same. */
  readonly draw: (id: MessageId) => void;
  /** The message of the user's that is being changed, and its words so far. */
  readonly editing: { readonly id: MessageId; readonly text: string } | null;
  readonly edit: (id: MessageId, text: string) => void;
  readonly stopEditing: () => void;
  /** The message that an address leads to, for a moment. */
  readonly marked: MessageId | null;
  readonly mark: (id: MessageId | null) => void;
}

function changed(
  ids: ReadonlySet<MessageId>,
  id: MessageId,
  isIn: boolean,
): ReadonlySet<MessageId> {
  const next = new Set(ids);
  if (isIn) next.add(id);
  else next.delete(id);
  return next;
}

/** How the messages of threads are looked at; a message that scrolled out of sight comes back as it was. */
export const useThreadView = create<ThreadView>()((set) => ({
  raw: new Set(),
  showRaw: (id, raw) => set((now) => ({ raw: changed(now.raw, id, raw) })),
  plain: null,
  setPlain: (plain) => set({ plain }),
  draw: (id) => set((now) => ({ plain: now.plain && changed(now.plain, id, false) })),
  editing: null,
  edit: (id, text) => set({ editing: { id, text } }),
  stopEditing: () => set({ editing: null }),
  marked: null,
  mark: (marked) => set({ marked }),
}));
