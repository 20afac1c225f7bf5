import { z } from 'zod';
import { backup, backupContents, backupName } from './backup';
import { route } from './route';

/** Why the store cannot be opened, as far as what can be done about it differs. */
export const startProblemKind = z.enum([
  'corrupt',
  'newer',
  'full',
  'read_only',
  'not_a_folder',
  'other',
]);
export type StartProblemKind = z.infer<typeof startProblemKind>;

export const startProblem = z.object({
  kind: startProblemKind,
  /** The data folder. */
  folder: z.string(),
  /** What the system or SQLite says of it. */
  reason: z.string(),
  /** The newest first. */
  backups: z.array(backup),
});
export type StartProblem = z.infer<typeof startProblem>;

/** What could be read of a store that cannot be opened. It stands among the backups now. */
export const salvaged = backupContents.extend({
  name: backupName,
  /** How many pages of the file, or pieces of pages, could not be read; 0 when nothing is missing. */
  unreadable: z.number().int().nonnegative(),
});
export type Salvaged = z.infer<typeof salvaged>;

const one = z.object({ name: backupName });

/**
 * What the page can ask of main when the store cannot be opened; the contract itself is not served then.
 * Whatever is done, the store's file is kept.
 */
export const brokenStartContract = {
  start: {
    problem: route.output(startProblem),
    contents: route.input(one).output(backupContents),
    /** Sets the store aside, puts this backup in its place, and starts Slice anew. */
    restore: route.input(one).output(z.void()),
    /** Puts what can be read of the store into a new file among the backups. Changes nothing else. */
    salvage: route.output(salvaged),
    /** Sets the store aside and starts Slice anew without one. */
    startEmpty: route.output(z.void()),
    /** Starts Slice anew. */
    tryAgain: route.output(z.void()),
    showFolder: route.output(z.void()),
    quit: route.output(z.void()),
  },
};
