import { z } from 'zod';
import { failure } from './errors';
import { budgetId, connectionId, conversationId, presetId } from './ids';
import { ABSURD_USD, nanoUsd } from './money';

/** What a budget is for. */
export const budgetScope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('conversation'), id: conversationId }),
  z.object({ kind: z.literal('preset'), id: presetId }),
  z.object({ kind: z.literal('connection'), id: connectionId }),
]);
export type BudgetScope = z.infer<typeof budgetScope>;

/** How long a budget is good for: a day or a month of the user's calendar, or for good. */
export const budgetPeriod = z.enum(['day', 'month', 'total']);
export type BudgetPeriod = z.infer<typeof budgetPeriod>;

/** A budget as it is made. */
export const newBudget = z.object({
  scope: budgetScope,
  period: budgetPeriod,
  limit: nanoUsd.refine((limit) => limit > 0n && limit < ABSURD_USD),
  /** Close to the limit: so many percent of it. */
  warnPercent: z.number().int().min(1).max(100),
  /** What would pass the limit is not sent unless the user says so each time. */
  stops: z.boolean(),
});
export type NewBudget = z.infer<typeof newBudget>;

export const budget = newBudget.extend({
  id: budgetId,
  /** Of the conversation, preset or connection; empty for everything. */
  name: z.string(),
});
export type Budget = z.infer<typeof budget>;

/** What was spent of a budget in its present period. The demo's money never counts. */
export const budgetSpent = z.object({
  /** Reported and reconciled costs. */
  known: nanoUsd,
  estimated: nanoUsd,
  /** Ended requests whose cost nobody knows. */
  unknown: z.number().int().nonnegative(),
  /** Requests on their way: about what they come to, and how many of them nobody can say that of. */
  running: z.object({
    low: nanoUsd,
    high: nanoUsd,
    count: z.number().int().nonnegative(),
    unknown: z.number().int().nonnegative(),
  }),
});
export type BudgetSpent = z.infer<typeof budgetSpent>;

export const budgetState = z.object({ budget, spent: budgetSpent });
export type BudgetState = z.infer<typeof budgetState>;

/** About what is going to be asked for; nothing, when nothing is. */
export const ahead = z.object({
  low: nanoUsd,
  high: nanoUsd,
  /** Requests whose cost cannot be foreseen; not part of the amounts. */
  unknown: z.number().int().nonnegative(),
});
export type Ahead = z.infer<typeof ahead>;

/** How a budget stands once what is ahead were spent. */
export const budgetStanding = budgetState.extend({
  ahead,
  verdict: z.enum(['fine', 'warn', 'stop']),
  /** From where on it warns. */
  warnAt: nanoUsd,
  /** What would be spent: at least, and with everything counted in full. */
  reaches: z.object({ low: nanoUsd, high: nanoUsd }),
  /** By how much that passes the limit at most. */
  over: nanoUsd,
});
export type BudgetStanding = z.infer<typeof budgetStanding>;

/** One of the models that were asked which would go within all budgets, and about what it costs alone. */
export const cheaperAsk = z.object({
  connectionId,
  model: z.string(),
  low: nanoUsd,
  high: nanoUsd,
});
export type CheaperAsk = z.infer<typeof cheaperAsk>;

/** Why a message was not sent. Nothing was written either. */
export const budgetStop = z.object({
  /** The budgets that do not allow it, the one that is passed most first. */
  standings: z.array(budgetStanding).min(1),
  /** How many requests it would have been. */
  requests: z.number().int().positive(),
  cheaper: cheaperAsk.nullable(),
});
export type BudgetStop = z.infer<typeof budgetStop>;

/** A failure that says what a budget does not allow, where that is known. */
export const budgetFailure = failure.extend({ budgetStop: budgetStop.optional() });
