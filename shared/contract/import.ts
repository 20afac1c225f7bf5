import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { route } from './route';

/** Whose files of conversations can be read. */
export const importFormat = z.enum(['slice', 'chatgpt', 'openai', 'librechat', 'cherry']);
export type ImportFormat = z.infer<typeof importFormat>;

/** Why something in a file does not come, or not as it stands there. */
export const importFault = z.enum([
  'not_json',
  'truncated',
  'zip_damaged',
  'zip_encrypted',
  'zip_method',
  'zip_bomb',
  'zip_many',
  'zip_no_json',
  'zip_in_zip',
  'newer',
  'unknown_format',
  'too_large',
  'wrong_shape',
  'no_messages',
  'no_parent',
  'circle',
  'same_id',
  'same_twice',
  'bad_image',
]);
export type ImportFault = z.infer<typeof importFault>;

const count = z.number().int().nonnegative();

/** Something bad in a file. */
export const importProblem = z.object({
  fault: importFault,
  /** The title of the conversation, where it is known. */
  title: z.string().nullable(),
  /** So many bytes stand before it, or before the conversation that it is in. */
  at: count,
  /** The name of what is wrong there: a field, a message, an image. */
  detail: z.string().nullable(),
  /** The whole conversation is left out. */
  skipped: z.boolean(),
});
export type ImportProblem = z.infer<typeof importProblem>;

/** The most problems that are listed; the others are counted. */
export const LISTED_PROBLEMS = 100;

/** The most files of an archive that are named; the others are counted. */
export const LISTED_FILES = 3;

/** What is in a file, before anything of it is written. */
export const importPreview = z.object({
  name: z.string(),
  /** The files with conversations in it, when it is an archive; otherwise none. */
  files: z.array(z.string()).max(LISTED_FILES),
  fileCount: count,
  formats: z.array(importFormat),
  conversations: count,
  messages: count,
  /** Requests with their rows of the ledger; only our own files have them. */
  runs: count,
  images: count,
  /** Images that messages name and that are not in the file. */
  missingImages: count,
  /** The times of the first and the last message, in ms since 1970. */
  from: z.number().int().nullable(),
  to: z.number().int().nullable(),
  /** How many of the conversations are here already, also in the trash. */
  known: count,
  problems: z.array(importProblem).max(LISTED_PROBLEMS),
  problemCount: count,
});
export type ImportPreview = z.infer<typeof importPreview>;

/** What is done with conversations that are here already. */
export const knownChoice = z.enum(['skip', 'again']);
export type KnownChoice = z.infer<typeof knownChoice>;

const importToken = z.object({ id: z.number().int().positive() });

export const importReadEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('reading'), name: z.string(), bytes: count, of: count }),
  /** The last event. */
  importPreview.extend({ type: z.literal('found'), ...importToken.shape }),
]);
export type ImportReadEvent = z.infer<typeof importReadEvent>;

export const importWriteEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('writing'), messages: count, of: count }),
  /** The last event: everything is there. */
  z.object({ type: z.literal('written'), conversations: count, messages: count }),
]);
export type ImportWriteEvent = z.infer<typeof importWriteEvent>;

export const importContract = {
  /**
   * Lets the user choose a file and says what is in it; ends without an event when they did not choose.
   * To stop listening is to cancel.
   */
  read: route.output(eventIterator(importReadEvent)),
  /** The name of a file that the system has handed to the app, to be read by `readHanded`; null for none. */
  handed: route.output(z.string().nullable()),
  /** As `read`, of that file; it can be read once. Ends without an event when there is none. */
  readHanded: route.output(eventIterator(importReadEvent)),
  /**
   * Writes what was read. It is there as a whole with the last event, and not at all before. To stop
   * listening is to cancel: then nothing of it stays.
   */
  write: route
    .input(importToken.extend({ known: knownChoice }))
    .output(eventIterator(importWriteEvent)),
  /** Forgets what was read and not written. */
  forget: route.input(importToken).output(z.void()),
  /** Takes away what was written, but for conversations that have gone on since. Returns how many went. */
  undo: route.input(importToken).output(count),
};
