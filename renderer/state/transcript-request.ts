import { create } from 'zustand';
import type { ConversationId } from '../../shared/ids';

/** Conversations that are to be written into a file. */
export interface TranscriptRequest {
  /** Null: all that are in no trash. */
  readonly ids: readonly ConversationId[] | null;
  /** The title, when it is one. */
  readonly title: string | null;
}

interface RequestState {
  readonly asked: TranscriptRequest | null;
}

/** What the dialog of transcripts is asked for. */
export const useTranscriptRequest = create<RequestState>()(() => ({ asked: null }));

/** Asks how they are to be written, and where. */
export function askTranscript(asked: TranscriptRequest): void {
  useTranscriptRequest.setState({ asked });
}

export function leaveTranscript(): void {
  useTranscriptRequest.setState({ asked: null });
}
