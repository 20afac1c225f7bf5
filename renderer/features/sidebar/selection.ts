import { create } from 'zustand';
import type { ConversationId } from '../../../shared/ids';

/** The conversations that something is to be done with. */
export interface Selection {
  readonly ids: ReadonlySet<ConversationId>;
  /** Where a range begins; null: nowhere yet. */
  readonly anchor: ConversationId | null;
}

export const NOTHING_SELECTED: Selection = { ids: new Set(), anchor: null };

/** Adds one, or leaves it out again; ranges begin with it. */
export function toggled({ ids }: Selection, id: ConversationId): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id };
}

/** Everything from where the range begins to this one, instead of the last range that began there. */
export function extendedTo(
  { ids, anchor }: Selection,
  to: ConversationId,
  order: readonly ConversationId[],
): Selection {
  const end = order.indexOf(to);
  const start = anchor === null ? end : order.indexOf(anchor);
  if (end < 0 || start < 0) return toggled({ ids, anchor }, to);
  const range = order.slice(Math.min(start, end), Math.max(start, end) + 1);
  return { ids: new Set(range), anchor: order[start] ?? to };
}

/** These and no others. */
export function selected(ids: readonly ConversationId[]): Selection {
  return { ids: new Set(ids), anchor: ids[0] ?? null };
}

interface SelectionState {
  readonly selection: Selection;
  readonly change: (change: (selection: Selection) => Selection) => void;
  readonly clear: () => void;
}

export const useSelection = create<SelectionState>()((set) => ({
  selection: NOTHING_SELECTED,
  change: (change) => set(({ selection }) => ({ selection: change(selection) })),
  clear: () => set({ selection: NOTHING_SELECTED }),
}));

/** Selects what was read, and all there are once they are known; nothing if they cannot be. */
export async function selectAll(
  read: readonly ConversationId[],
  all: Promise<readonly ConversationId[]>,
): Promise<void> {
  const { change } = useSelection.getState();
  const begun = selected(read);
  change(() => begun);
  const whole = await all.then(selected, () => NOTHING_SELECTED);
  // Whoever has chosen otherwise meanwhile means that.
  change((now) => (now === begun ? whole : now));
}

/** Whether conversations are being chosen: then a click chooses instead of opening. */
export function useIsSelecting(): boolean {
  return useSelection(({ selection }) => selection.ids.size > 0);
}
