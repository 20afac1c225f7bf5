import type { StoredPart, Transcript } from '../store/queries/transcripts';

/** An image of a message, as base64; null where its file is not there any more. */
export type ImageOf = (image: NonNullable<StoredPart['image']>) => string | null;

/** What a writer of a format needs besides the conversations. */
export interface TranscriptTools {
  readonly imageOf: ImageOf;
  readonly timeZone: string;
}

/** How conversations become the text of a file, in pieces. */
export interface TranscriptStyle {
  /** Before all of them. */
  begin(conversations: number): string;
  /** A conversation, piece by piece. `first`: none was before it. */
  conversation(transcript: Transcript, first: boolean): Iterable<string>;
  end(): string;
}
