import { create } from 'zustand';

interface ComposerInbox {
  /** What is to be put into the composer at its cursor; empty when there is nothing. */
  readonly waiting: string;
  /** Lays down a text for whichever composer is on screen. */
  readonly put: (text: string) => void;
  /** Gives what waits, and has it no longer. */
  readonly take: () => string;
}

/** From the thread to the composer, which do not know each other. */
export const useComposerInbox = create<ComposerInbox>()((set, get) => ({
  waiting: '',
  put: (text) => set(({ waiting }) => ({ waiting: waiting + text })),
  take() {
    const { waiting } = get();
    set({ waiting: '' });
    return waiting;
  },
}));

/** A text as a quotation in Markdown, with room for the reply below it. */
export function quotation(text: string): string {
  const lines = text.trim().split(/\r?\n/);
  return `${lines.map((line) => (line === '' ? '>' : `> ${line}`)).join('\n')}\n\n`;
}
