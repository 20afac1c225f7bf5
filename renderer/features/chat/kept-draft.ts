import { z } from 'zod';
import type { Attachment } from '../../../shared/contract/attachment';
import { attachment } from '../../../shared/contract/attachment';
import { DRAFT_MARK } from '../../../shared/draft-mark';
import type { TextFile } from './text-files';

/** A message that is not sent yet. */
export interface KeptMessage {
  readonly text: string;
  readonly images: readonly Attachment[];
  readonly files: readonly TextFile[];
}

/** All that stands in a composer. */
export interface KeptDraft extends KeptMessage {
  /** What waits to be sent after it is answered. */
  readonly queue: readonly KeptMessage[];
}

const message = {
  text: z.string(),
  images: z.array(attachment),
  files: z.array(z.strictObject({ name: z.string(), text: z.string() })),
};

const kept = z.strictObject({ ...message, queue: z.array(z.strictObject(message)) });

/** A draft as the store keeps it: its words, or all of it where there is more. */
export function draftText({ text, images, files, queue }: KeptDraft): string {
  const more = images.length + files.length + queue.length > 0;
  if (!more && !text.startsWith(DRAFT_MARK)) return text;
  return DRAFT_MARK + JSON.stringify({ text, images, files, queue });
}

/** What `draftText` kept. What cannot be read is shown as the words it is. */
export function readDraft(stored: string): KeptDraft {
  const words = { text: stored, images: [], files: [], queue: [] };
  if (!stored.startsWith(DRAFT_MARK)) return words;
  let parsed: unknown;
  try {
    parsed = JSON.parse(stored.slice(DRAFT_MARK.length));
  } catch {
    return words;
  }
  const read = kept.safeParse(parsed);
  return read.success ? read.data : words;
}
