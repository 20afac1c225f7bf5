import { create } from 'zustand';

interface FrameState {
  /** The user folded the sidebar away. */
  readonly folded: boolean;
  /** The user brought it back in a narrow window, which folds it by itself. */
  readonly openInNarrow: boolean;
  readonly toggleSidebar: (narrow: boolean) => void;
  readonly paletteOpen: boolean;
  readonly showPalette: (open: boolean) => void;
  readonly shortcutsOpen: boolean;
  readonly showShortcuts: (open: boolean) => void;
  /** The search box is to take the focus, as soon as it is there. */
  readonly searchWanted: boolean;
  readonly search: (wanted: boolean) => void;
}

/** How the frame around the pages stands. */
export const useFrameState = create<FrameState>()((set) => ({
  folded: false,
  openInNarrow: false,
  toggleSidebar: (narrow) =>
    set((now) => (narrow ? { openInNarrow: !now.openInNarrow } : { folded: !now.folded })),
  paletteOpen: false,
  showPalette: (open) => set({ paletteOpen: open }),
  shortcutsOpen: false,
  showShortcuts: (open) => set({ shortcutsOpen: open }),
  searchWanted: false,
  search: (wanted) => set({ searchWanted: wanted }),
}));
