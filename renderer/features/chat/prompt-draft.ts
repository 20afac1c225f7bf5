import type { PromptId } from '../../../shared/ids';

/** A prompt as it is being written; without an id it is a new one. */
export interface PromptDraft {
  readonly id: PromptId | null;
  readonly title: string;
  readonly text: string;
}

export const NEW_PROMPT: PromptDraft = { id: null, title: '', text: '' };
