import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface Reading {
  /** Long lines of code are broken instead of scrolled. */
  readonly codeWraps: boolean;
  readonly wrapCode: (wraps: boolean) => void;
  /** How answers stand side by side where there is room for columns. */
  readonly comparedAs: 'columns' | 'tabs';
  readonly compareAs: (layout: 'columns' | 'tabs') => void;
}

/** How answers are read, kept for the next start. */
export const useReading = create<Reading>()(
  persist(
    (set) => ({
      codeWraps: false,
      wrapCode: (codeWraps) => set({ codeWraps }),
      comparedAs: 'columns',
      compareAs: (comparedAs) => set({ comparedAs }),
    }),
    {
      name: 'reading',
      partialize: ({ codeWraps, comparedAs }) => ({ codeWraps, comparedAs }),
      // What is stored may be from an older version: only what is known is taken.
      merge: (stored, now) => ({ ...now, ...known(stored) }),
    },
  ),
);

function known(stored: unknown): Partial<Reading> {
  if (typeof stored !== 'object' || stored === null) return {};
  return {
    ...('codeWraps' in stored && typeof stored.codeWraps === 'boolean'
      ? { codeWraps: stored.codeWraps }
      : {}),
    ...('comparedAs' in stored && (stored.comparedAs === 'tabs' || stored.comparedAs === 'columns')
      ? { comparedAs: stored.comparedAs }
      : {}),
  };
}
