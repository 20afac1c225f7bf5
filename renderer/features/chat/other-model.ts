import { create } from 'zustand';

type Choose = (model: string) => void;

interface OtherModelState {
  /** What is done with the model that is chosen; null while none is wanted. */
  readonly choose: Choose | null;
  /** Has the list of models shown. */
  readonly ask: (choose: Choose) => void;
  readonly close: () => void;
}

/** The choice of a model for one answer, wherever in the thread it was asked for. */
export const useOtherModel = create<OtherModelState>()((set) => ({
  choose: null,
  ask: (choose) => set({ choose }),
  close: () => set({ choose: null }),
}));
