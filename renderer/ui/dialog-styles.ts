export const dialogVeil = 'veil fixed inset-0 z-40 bg-scrim';

/** The looks of the window, without its width. */
export const dialogPanel =
  'floating fixed top-1/2 left-1/2 z-40 max-h-[calc(100vh-48px)] max-w-[calc(100vw-48px)] -translate-x-1/2 -translate-y-1/2 rounded-3 bg-surface-raised p-6 shadow-high outline-none';

export const dialogTitle = 'text-18 font-semibold tracking-[-0.01em]';

export const dialogActions = 'mt-6 flex justify-end gap-2';
