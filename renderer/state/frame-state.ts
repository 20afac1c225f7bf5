import { create } from 'zustand';

interface FrameState {
  /** The user folded the sidebar away; a narrow window does it without asking. */
  readonly sidebarFolded: boolean;
  readonly toggleSidebar: () => void;
}

/** How the frame around the pages stands. */
export const useFrameState = create<FrameState>()((set) => ({
  sidebarFolded: false,
  toggleSidebar: () => set((state) => ({ sidebarFolded: !state.sidebarFolded })),
}));
