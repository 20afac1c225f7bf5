import { z } from 'zod';
import { conversationId, messageId } from '../ids';
import { costSource, nanoUsd, total } from '../money';
import { runPurpose } from '../run-purpose';
import { run } from './conversation';
import { route } from './route';

/** What the ledger can be grouped by. */
export const GROUPINGS = [
  'model',
  'provider',
  'connection',
  'preset',
  'conversation',
  'tag',
  'routing',
  'day',
  'state',
] as const;
export const grouping = z.enum(GROUPINGS);
export type Grouping = z.infer<typeof grouping>;

/** How money can have been spent for nothing. */
export const WASTES = ['replaced', 'stopped', 'failed', 'deleted'] as const;
export const waste = z.enum(WASTES);
export type Waste = z.infer<typeof waste>;

/** A calendar day in the user's time zone, `YYYY-MM-DD`. */
const day = z.iso.date();

const keys = z.array(z.string().max(2000)).max(50);

/** Which rows of the ledger are meant. */
export const spendingFilter = z.object({
  /** The first day; null: from the first row on. */
  from: day.nullable(),
  /** The last day, included; null: up to today. */
  to: day.nullable(),
  /** The rows of the demo, which never mix with real ones. */
  demo: z.boolean(),
  /**
   * Keys of groups that a row must be in one of, by grouping; a grouping that is not named does not
   * narrow. The empty key is what is not known or not there.
   */
  only: z.partialRecord(grouping, keys).default({}),
  sources: z.array(costSource).max(5).optional(),
  waste: waste.optional(),
});
export type SpendingFilter = z.infer<typeof spendingFilter>;

const tokens = z.number().int().nonnegative();

/** Half and nineteen in twenty took no longer; in milliseconds, at most five in a hundred beside it. */
export const percentiles = z.object({
  p50: z.number().int().nonnegative(),
  p95: z.number().int().nonnegative(),
});
export type Percentiles = z.infer<typeof percentiles>;

/** Rows of the ledger that have something in common. */
export const spendingGroup = z.object({
  /**
   * What they have in common; empty where that is not known or not there, as with conversations that
   * are deleted for good. A row with two tags is in two groups.
   */
  key: z.string(),
  /** The key as it is read: a conversation's title, a tag as it is written; empty for the empty key. */
  name: z.string(),
  total,
  promptTokens: tokens,
  completionTokens: tokens,
  /** Known and estimated costs of the period before; null where it had no row. */
  previous: nanoUsd.nullable(),
  /** Null where no row says. */
  totalMs: percentiles.nullable(),
  firstTokenMs: percentiles.nullable(),
  /** Known and estimated costs, one a bucket of the report. */
  trend: z.array(nanoUsd),
});
export type SpendingGroup = z.infer<typeof spendingGroup>;

export const bucketSize = z.enum(['hour', 'day', 'week', 'month', 'year']);
export type BucketSize = z.infer<typeof bucketSize>;

export const spendingReport = z.object({
  /** The days that the filter came to. */
  from: day,
  to: day,
  /** Hours for one day; else the smallest that makes about sixty of them or fewer. */
  bucket: bucketSize,
  buckets: z.array(
    z.object({
      /** The first day of it in the range; for an hour its beginning on the user's clock, with the offset. */
      start: z.string(),
      /** Known and estimated costs: one a group of `groups`, then those of `other`, if there is one. */
      parts: z.array(nanoUsd),
      /** Ended rows whose cost nobody knows. */
      unknown: z.number().int().nonnegative(),
    }),
  ),
  /** The most costly, in this order. */
  groups: z.array(spendingGroup),
  /** All the rest as one, and how many that are. */
  other: spendingGroup.nullable(),
  otherCount: z.number().int().nonnegative(),
  /** Each row once, whatever the grouping. */
  sum: spendingGroup,
  /** Null where the range has no beginning. */
  previous: z.object({ from: day, to: day, total }).nullable(),
});
export type SpendingReport = z.infer<typeof spendingReport>;

export const wastedSpending = z.object({
  replaced: total,
  stopped: total,
  failed: total,
  deleted: total,
});
export type WastedSpending = z.infer<typeof wastedSpending>;

/** One row of the ledger, and the way to what it was for. */
export const spendingRow = z.object({
  run,
  purpose: runPurpose,
  /** The calendar day that it counts on. */
  day,
  routing: z.string().nullable(),
  conversationTitle: z.string(),
  /** Null where it is in the trash or gone. */
  conversationId: conversationId.nullable(),
  /** Null where it cannot be shown. */
  messageId: messageId.nullable(),
  waste: waste.nullable(),
});
export type SpendingRow = z.infer<typeof spendingRow>;

export const rowOrder = z.enum(['time', 'cost', 'totalMs', 'tokens']);
export type RowOrder = z.infer<typeof rowOrder>;

/** How one value of the routing parameter did. */
export const routingFigures = z.object({
  /** Empty: none was asked for. */
  routing: z.string(),
  total,
  /** Rows that ended complete; the figures below are theirs. */
  answers: z.number().int().nonnegative(),
  /** Known and estimated costs divided by the answers that have one, rounded half up; null without one. */
  costPerAnswer: nanoUsd.nullable(),
  totalMs: percentiles.nullable(),
  firstTokenMs: percentiles.nullable(),
});
export type RoutingFigures = z.infer<typeof routingFigures>;

/** The days of the first and of the last row; null where there is none. */
const extent = z.object({ first: day, last: day }).nullable();

export const spendingExtent = z.object({ real: extent, demo: extent });
export type SpendingExtent = z.infer<typeof spendingExtent>;

/** The beginning of an hour on the user's clock, as the buckets of a day have it: without seconds. */
export const bucketHour = z.iso.datetime({ offset: true, precision: -1 });

export const spendingContract = {
  /** From when to when there are rows at all. */
  extent: route.output(spendingExtent),
  report: route
    .input(
      z.object({
        filter: spendingFilter,
        groupBy: grouping,
        limit: z.number().int().min(1).max(500),
      }),
    )
    .output(spendingReport),
  /** What was spent for nothing; each row is in one class at most. */
  wasted: route.input(spendingFilter).output(wastedSpending),
  runs: route
    .input(
      z.object({
        filter: spendingFilter,
        offset: z.number().int().nonnegative(),
        limit: z.number().int().min(1).max(500),
        sort: rowOrder,
        descending: z.boolean(),
        /** Only what began in the hour that begins then. */
        hour: bucketHour.optional(),
      }),
    )
    .output(z.object({ rows: z.array(spendingRow), count: z.number().int().nonnegative() })),
  compareRouting: route.input(spendingFilter).output(z.array(routingFigures)),
};
