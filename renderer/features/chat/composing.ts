import { create } from 'zustand';
import type { ConversationId } from '../../../shared/ids';
import type { OtherModels } from './asked-models';
import type { AttachedItem } from './attached-items';
import { EMPTY_QUEUE, type Queue, type QueueEvent, reduceQueue } from './queue';

/** A conversation, or the one that has not begun. */
export type ComposingKey = ConversationId | 'new';

interface ComposingState {
  readonly parametersOpen: boolean;
  readonly showParameters: (open: boolean) => void;
  readonly others: Readonly<Partial<Record<ComposingKey, OtherModels>>>;
  readonly setOthers: (key: ComposingKey, others: OtherModels) => void;
  readonly attached: Readonly<Partial<Record<ComposingKey, readonly AttachedItem[]>>>;
  readonly changeAttached: (
    key: ComposingKey,
    change: (items: readonly AttachedItem[]) => readonly AttachedItem[],
  ) => void;
  readonly queues: Readonly<Partial<Record<ComposingKey, Queue>>>;
  readonly changeQueue: (key: ComposingKey, event: QueueEvent) => void;
  /** The conversation has begun: the choice of models goes along with it. */
  readonly begun: (id: ConversationId) => void;
}

/** What is being put together beside the words, for as long as the window is open. */
export const useComposing = create<ComposingState>()((set) => ({
  parametersOpen: false,
  showParameters: (open) => set({ parametersOpen: open }),
  others: {},
  setOthers: (key, others) => set((now) => ({ others: { ...now.others, [key]: others } })),
  attached: {},
  changeAttached: (key, change) =>
    set((now) => ({ attached: { ...now.attached, [key]: change(now.attached[key] ?? []) } })),
  queues: {},
  changeQueue: (key, event) =>
    set((now) => ({
      queues: { ...now.queues, [key]: reduceQueue(now.queues[key] ?? EMPTY_QUEUE, event) },
    })),
  begun: (id) =>
    set(({ others: { new: chosen, ...others } }) => ({
      others: chosen ? { ...others, [id]: chosen } : others,
    })),
}));
