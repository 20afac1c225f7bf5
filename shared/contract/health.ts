import { z } from 'zod';
import { failure } from '../errors';
import { route } from './route';

/**
 * What of the store is looked at: its pages and what refers to what; whether the search index has the words
 * of the messages; whether the sums are what the rows of the ledger come to.
 */
export const healthPart = z.enum(['pages', 'search', 'sums']);
export type HealthPart = z.infer<typeof healthPart>;

/** What can be made anew from the rest of the store. */
export const mendablePart = healthPart.exclude(['pages']);
export type MendablePart = z.infer<typeof mendablePart>;

export const healthCheck = z.object({
  /** When it was made, in ms since 1970. */
  at: z.number().int(),
  /** How many faults were found; 0 for none. */
  faults: z.number().int().nonnegative(),
  /** Why it could not be made; null when it was. */
  failure: failure.nullable(),
});
export type HealthCheck = z.infer<typeof healthCheck>;

const bytes = z.number().int().nonnegative();

export const healthState = z.object({
  /** The last look at each part since the app was started; null for none. */
  checks: z.object({
    pages: healthCheck.nullable(),
    search: healthCheck.nullable(),
    sums: healthCheck.nullable(),
  }),
  /** The parts that are looked at or mended now. */
  running: z.array(healthPart),
  sizes: z.object({
    store: bytes,
    /** What was written lately and is not yet in the store's own file. */
    wal: bytes,
    attachments: bytes,
    backups: bytes,
  }),
  /** The disk that all of it is on; null where the system does not tell. */
  room: z
    .object({
      free: bytes,
      /** Below this there is little: a backup may not find room. */
      wanted: bytes,
    })
    .nullable(),
});
export type HealthState = z.infer<typeof healthState>;

const one = z.object({ part: healthPart });

export const healthContract = {
  state: route.output(healthState),
  /** Looks at a part in a thread of its own, and answers when that is done. */
  check: route.input(one).output(healthState),
  /** Makes a part anew from the rest of the store, and looks at it again. */
  mend: route.input(z.object({ part: mendablePart })).output(healthState),
  /** What can be told to whoever helps: versions, sizes, counts and codes, as plain text in English. */
  diagnostics: route.output(z.string()),
};
