import { z } from 'zod';
import { failure } from '../errors';
import { billingImportId, connectionId, conversationId, messageId } from '../ids';
import { costSource, nanoUsd } from '../money';
import { route } from './route';

const rows = z.number().int().nonnegative();
/** Milliseconds since 1970. */
const at = z.number().int();

/**
 * How sure it is that an entry of the bill is a run: `certain` when model, time and counts are the same,
 * `likely` when nothing speaks against it and no other run comes near.
 */
export const matchConfidence = z.enum(['certain', 'likely']);
export type MatchConfidence = z.infer<typeof matchConfidence>;

/** A number of costs and what they come to. */
const sum = z.object({ count: rows, sum: nanoUsd });

export const billingImport = z.object({
  id: billingImportId,
  finishedAt: at,
  /** Entries that were new. */
  rows,
  /** Entries that could not be read. */
  skipped: rows,
  certain: rows,
  likely: rows,
  /** Costs that were unknown, estimated or thought to be nothing, and are now the bill's. */
  filled: sum,
});
export type BillingImport = z.infer<typeof billingImport>;

/** Why the history cannot be read now: the server has none, the key is not there, the server neither. */
export const billingHindrance = z.enum(['no_history', 'no_key', 'offline']);
export type BillingHindrance = z.infer<typeof billingHindrance>;

export const billingConnection = z.object({
  connectionId,
  name: z.string(),
  isDemo: z.boolean(),
  hindrance: billingHindrance.nullable(),
  /** The import that is being made. `waitsUntil`: the server asked to wait, or did not answer well. */
  running: z.object({ rows, waitsUntil: at.nullable() }).nullable(),
  /** Entries that an import read before it was stopped or failed; the next goes on there. */
  unfinished: rows.nullable(),
  /** What the last attempt since the start of the app failed of. */
  failure: failure.nullable(),
  /** The last one that was read to its end, and the only one that can be undone. */
  last: billingImport.nullable(),
});
export type BillingConnection = z.infer<typeof billingConnection>;

/** An entry of the bill and the run that it is for. */
export const billedRun = z.object({
  id: z.number().int(),
  at,
  model: z.string(),
  confidence: matchConfidence,
  /** What the bill says. */
  billed: nanoUsd,
  /** What the ledger said before, and where it had that from. */
  before: nanoUsd.nullable(),
  beforeSource: costSource,
  conversationTitle: z.string(),
  /** Null where they cannot be shown any more. */
  conversationId: conversationId.nullable(),
  messageId: messageId.nullable(),
});
export type BilledRun = z.infer<typeof billedRun>;

/** An entry of the bill without a run. */
export const billedEntry = z.object({
  id: z.number().int(),
  at,
  route: z.string().nullable(),
  provider: z.string().nullable(),
  promptTokens: rows.nullable(),
  completionTokens: rows.nullable(),
  cost: nanoUsd.nullable(),
});
export type BilledEntry = z.infer<typeof billedEntry>;

/** What the entries without a run under one name of a key come to. */
export const billedApp = z.object({
  /** The name of the key; null where the bill has none. */
  app: z.string().nullable(),
  rows,
  cost: nanoUsd,
  /** Entries whose cost cannot be read. */
  unknown: rows,
  first: at,
  last: at,
});
export type BilledApp = z.infer<typeof billedApp>;

/** Lists hold so many, the newest of calls. */
export const MOST_BILLED = 200;

function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item).max(MOST_BILLED), count: rows });
}

/** What came of all imports of a connection. */
export const billingReport = z.object({
  /** Runs whose cost comes from the bill. */
  filled: listOf(billedRun),
  /** Runs whose reported cost is another than the bill's. */
  differences: listOf(billedRun),
  /** Entries under the names of keys that Slice's own runs are under; `unknown`: without a cost that can be read. */
  unmatched: listOf(billedEntry).extend({ cost: nanoUsd, unknown: rows }),
  /** What other programs spent, the most first, and all of them together. */
  others: listOf(billedApp).extend({ cost: nanoUsd, unknown: rows }),
  /** Answers in the time of the bill whose cost is still unknown. */
  open: rows,
});
export type BillingReport = z.infer<typeof billingReport>;

export const billingContract = {
  /** Each connection and how far its bill was read. The topic `billing` says that it changed. */
  connections: route.output(z.array(billingConnection)),
  /**
   * Begins to read the history of a connection, or goes on where it was stopped, and answers at once.
   * What is being read is no error. Fails where it is not possible.
   */
  start: route.input(z.object({ connectionId })).output(z.void()),
  /** Stops reading. What was read is kept for the next time. */
  stop: route.input(z.object({ connectionId })).output(z.void()),
  /**
   * Takes back all that the last import of its connection changed. Fails with `conflict` for another, and
   * while the next one is being made.
   */
  undo: route.input(z.object({ importId: billingImportId })).output(z.void()),
  report: route.input(z.object({ connectionId })).output(billingReport),
};
