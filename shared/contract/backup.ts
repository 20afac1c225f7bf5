import { z } from 'zod';
import { failure } from '../errors';
import { route } from './route';

/**
 * Where a backup comes from: Slice by itself, the user, the present before another one was restored, a store
 * that could not be opened and was set aside, or what could be read of such a one.
 */
export const backupKind = z.enum([
  'automatic',
  'manual',
  'before-restore',
  'set-aside',
  'salvaged',
]);
export type BackupKind = z.infer<typeof backupKind>;

/** The name of its file, which nobody but Slice gives. */
export const backupName = z
  .string()
  .regex(/^slice-\d{8}T\d{9}Z-(automatic|manual|before-restore|set-aside|salvaged)\.db$/);

export const backup = z.object({
  name: backupName,
  kind: backupKind,
  /** When it was made, in ms since 1970. */
  at: z.number().int(),
  bytes: z.number().int().nonnegative(),
});
export type Backup = z.infer<typeof backup>;

export const backupState = z.object({
  /** The newest first. */
  backups: z.array(backup),
  /** One is being made. */
  running: z.boolean(),
  /** Why the last one could not be made; null when it could. */
  failure: failure.nullable(),
});
export type BackupState = z.infer<typeof backupState>;

const count = z.number().int().nonnegative();

export const backupContents = z.object({
  conversations: count,
  messages: count,
  answers: count,
});
export type BackupContents = z.infer<typeof backupContents>;

/** What is in a backup, and what would be missing after it is restored. */
export const backupPreview = backupContents.extend({
  /** Conversations and rows of the ledger that the present has and the backup has not. */
  missingConversations: count,
  missingAnswers: count,
});
export type BackupPreview = z.infer<typeof backupPreview>;

const one = z.object({ name: backupName });

export const backupContract = {
  state: route.output(backupState),
  /** Makes one now, and answers when it is made and checked. */
  create: route.output(backupState),
  preview: route.input(one).output(backupPreview),
  /**
   * Keeps the present as a backup of its own, puts this one in its place, and starts Slice anew. Answers
   * that are on their way are stopped and kept in what is put aside.
   */
  restore: route.input(one).output(z.void()),
  /** Deletes its file. */
  remove: route.input(one).output(backupState),
  /** Shows it in the system's own window of files. */
  show: route.input(one).output(z.void()),
};
