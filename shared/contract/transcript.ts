import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { conversationId } from '../ids';
import { route } from './route';

/** How conversations are written: to be read, to be looked at in a browser, or with nothing left out. */
export const transcriptFormat = z.enum(['markdown', 'html', 'json']);
export type TranscriptFormat = z.infer<typeof transcriptFormat>;

/** What is written of a conversation. JSON always has everything. */
export const transcriptForm = z.object({
  format: transcriptFormat,
  /** Every version of a message, and not only those that are shown. */
  versions: z.boolean(),
  /** What models thought before they answered. */
  reasoning: z.boolean(),
  /** What each answer cost, and who served it. */
  receipts: z.boolean(),
});
export type TranscriptForm = z.infer<typeof transcriptForm>;

export const USUAL_TRANSCRIPT: TranscriptForm = {
  format: 'markdown',
  versions: false,
  reasoning: false,
  receipts: true,
};

/** Which conversations, and how. */
export const transcriptOrder = transcriptForm.extend({
  /** Null: all that are in no trash. */
  ids: z.array(conversationId).min(1).max(100_000).nullable(),
  /** What the file is called, without its end. */
  name: z.string().trim().min(1).max(200),
});
export type TranscriptOrder = z.infer<typeof transcriptOrder>;

const count = z.number().int().nonnegative();

/** What a whole file holds. */
export const transcriptWritten = z.object({
  conversations: count,
  messages: count,
  /** Images whose files are not there any more. */
  missing: count,
});
export type TranscriptWritten = z.infer<typeof transcriptWritten>;

export const transcriptEvent = z.discriminatedUnion('type', [
  /** `of` is how many conversations there will be. */
  z.object({ type: z.literal('writing'), rows: count, of: count }),
  /** The last event: the file stands where the user wanted it. */
  transcriptWritten.extend({ type: z.literal('saved'), id: z.number().int() }),
]);
export type TranscriptEvent = z.infer<typeof transcriptEvent>;

export const transcriptContract = {
  /**
   * Lets the user choose where, then writes the file and says how far it is; ends without an event when
   * they did not choose. To stop listening is to cancel: then there is no file.
   */
  save: route.input(transcriptOrder).output(eventIterator(transcriptEvent)),
};
