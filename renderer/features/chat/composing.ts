import { create } from 'zustand';
import type { ConversationId } from '../../../shared/ids';
import type { OtherModels } from './asked-models';
import type { ImageItem } from './image-items';

/** A conversation, or the one that has not begun. */
export type ComposingKey = ConversationId | 'new';

interface ComposingState {
  readonly parametersOpen: boolean;
  readonly showParameters: (open: boolean) => void;
  readonly others: Readonly<Partial<Record<ComposingKey, OtherModels>>>;
  readonly setOthers: (key: ComposingKey, others: OtherModels) => void;
  readonly images: Readonly<Partial<Record<ComposingKey, readonly ImageItem[]>>>;
  readonly changeImages: (
    key: ComposingKey,
    change: (images: readonly ImageItem[]) => readonly ImageItem[],
  ) => void;
  /** The conversation has begun: the choice of models goes along with it. */
  readonly begun: (id: ConversationId) => void;
}

/** What is being put together beside the words, for as long as the window is open. */
export const useComposing = create<ComposingState>()((set) => ({
  parametersOpen: false,
  showParameters: (open) => set({ parametersOpen: open }),
  others: {},
  setOthers: (key, others) => set((now) => ({ others: { ...now.others, [key]: others } })),
  images: {},
  changeImages: (key, change) =>
    set((now) => ({ images: { ...now.images, [key]: change(now.images[key] ?? []) } })),
  begun: (id) =>
    set(({ others: { new: chosen, ...others } }) => ({
      others: chosen ? { ...others, [id]: chosen } : others,
    })),
}));
