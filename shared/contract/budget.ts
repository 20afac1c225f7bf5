import { z } from 'zod';
import { budgetStanding, newBudget } from '../budget';
import { budgetId } from '../ids';
import { nanoUsd } from '../money';
import { route } from './route';

/** What a month will have cost in the end, as far as earlier weeks tell. */
export const monthForecast = z.object({ low: nanoUsd, middle: nanoUsd, high: nanoUsd });
export type MonthForecast = z.infer<typeof monthForecast>;

const monthOutlook = z.object({
  /** The calendar days of today and of the end of the month. */
  today: z.iso.date(),
  lastDay: z.iso.date(),
  /** Known and estimated costs of the month so far, without the demo's. */
  spent: nanoUsd,
  /** Null while there is too little to say. */
  forecast: monthForecast.nullable(),
});

const one = z.object({ id: budgetId });

export const budgetContract = {
  /** Every budget and how it stands now: those of everything first, and a day before a month. */
  list: route.output(z.array(budgetStanding)),
  /** Fails with `conflict` when there is a budget for the same already. */
  create: route.input(newBudget).output(one),
  /** Fails with `conflict` when there is another budget for the same. */
  change: route.input(newBudget.extend({ id: budgetId })).output(z.void()),
  /** It can be brought back. */
  remove: route.input(one).output(z.void()),
  /** Fails with `conflict` when another one took its place. */
  restore: route.input(one).output(z.void()),
  month: route.output(monthOutlook),
};
