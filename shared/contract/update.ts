import { z } from 'zod';
import { route } from './route';

/** Why there is no newer version although one was asked for. The app that runs is as it was. */
export const updateProblem = z.enum([
  /** The server did not answer, or not to the end. */
  'unreachable',
  /** What the server said is no description of a version. */
  'metadata',
  /** What was loaded is not what was described. */
  'tampered',
  'full',
  /** The app stands where nothing can be written. */
  'place',
  'internal',
]);
export type UpdateProblem = z.infer<typeof updateProblem>;

const offer = z.object({
  version: z.string(),
  /** What is new, as plain text; may be empty. */
  notes: z.string(),
});
/** A newer version of the app. */
export type Offer = z.infer<typeof offer>;

const step = z.discriminatedUnion('at', [
  z.object({ at: z.literal('none') }),
  z.object({ at: z.literal('looking') }),
  z.object({ at: z.literal('offered'), offer }),
  z.object({ at: z.literal('loading'), offer, percent: z.number().int().min(0).max(100) }),
  /** Loaded and checked; it takes the place of the app when that ends. */
  z.object({ at: z.literal('ready'), offer }),
]);
export type UpdateStep = z.infer<typeof step>;

export const updateState = z.object({
  /** Whether this app can be replaced from within: it is packed, and there is a server to ask. */
  possible: z.boolean(),
  step,
  /** When the server last answered, in milliseconds since 1970; null for not since the start. */
  lookedAt: z.number().int().nullable(),
  problem: updateProblem.nullable(),
});
export type UpdateState = z.infer<typeof updateState>;

export const updateContract = {
  state: route.output(updateState),
  /** Asks the server now. */
  look: route.output(updateState),
  /** Begins to load what was offered. Ends at once; the feed tells of its progress. */
  load: route.output(updateState),
  /** Ends the app, and starts the new one in its place: not while that would cost anything. */
  restart: route.output(z.enum(['restarting', 'not_ready', 'answers_running', 'unsaved'])),
};
