import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { nanoUsd } from '../money';
import { route } from './route';
import { grouping, spendingFilter } from './spending';

/** What a file can be of: each row of the ledger, sums of groups of them, or each entry of the bill. */
export const usageKind = z.enum(['runs', 'totals', 'billing']);

export const usageFormat = z.enum(['csv', 'jsonl']);

/** What stands between the cells of a line. */
export const separator = z.enum(['comma', 'semicolon', 'tab']);
export type Separator = z.infer<typeof separator>;

/** How a file is written. The last choice is remembered. */
export const usageFileForm = z.object({
  kind: usageKind,
  format: usageFormat,
  separator,
  /** The file says that it is UTF-8, which Excel needs. CSV only. */
  marked: z.boolean(),
});
export type UsageFileForm = z.infer<typeof usageFileForm>;

export const USUAL_FORM: UsageFileForm = {
  kind: 'runs',
  format: 'csv',
  separator: 'comma',
  marked: true,
};

/** What is to stand in a file. */
export const usageOrder = usageFileForm.extend({
  filter: spendingFilter,
  /** Of the kind `totals`. */
  groupBy: grouping,
});
export type UsageOrder = z.infer<typeof usageOrder>;

const rows = z.number().int().nonnegative();

/** What a whole file holds. */
export const usageWritten = z.object({
  rows,
  /** The exact sum of its column `cost_usd`. */
  sum: nanoUsd,
});
export type UsageWritten = z.infer<typeof usageWritten>;

export const usageFileEvent = z.discriminatedUnion('type', [
  /** `of` is how many rows there will be. */
  z.object({ type: z.literal('writing'), rows, of: rows }),
  /** The last event: the file stands where the user wanted it. */
  usageWritten.extend({ type: z.literal('saved'), id: z.number().int() }),
]);
export type UsageFileEvent = z.infer<typeof usageFileEvent>;

export const usageFileContract = {
  /**
   * Lets the user choose where, then writes the file and says how far it is; ends without an event when
   * they did not choose. To stop listening is to cancel: then there is no file.
   */
  save: route.input(usageOrder).output(eventIterator(usageFileEvent)),
  /** Shows a saved file in the system's own window of files. */
  show: route.input(z.object({ id: z.number().int() })).output(z.void()),
};
