import { localDay } from '../../shared/local-day';
import { nano } from '../../shared/money';
import { standingOf } from '../money/budgets';
import { forecastFrom, forecastMonth, lastOfMonth } from '../money/forecast';
import { base } from './base';
import type { RpcParts } from './parts';

const routes = base.budgets;

function todayOf({ timeZone }: RpcParts): string {
  return localDay(Date.now(), timeZone());
}

export const budgets = {
  list: routes.list.handler(async ({ context }) => {
    const states = await context.store.read.budgetStates(todayOf(context), null);
    return states.map((state) => standingOf(state));
  }),
  create: routes.create.handler(async ({ context, input }) => {
    const id = await context.store.write.insertBudget(input, Date.now());
    context.feed.changed('spending');
    return { id };
  }),
  change: routes.change.handler(async ({ context, input: { id, ...budget } }) => {
    await context.store.write.changeBudget(id, budget);
    context.feed.changed('spending');
  }),
  remove: routes.remove.handler(async ({ context, input }) => {
    await context.store.write.removeBudget(input.id, Date.now());
    context.feed.changed('spending');
  }),
  restore: routes.restore.handler(async ({ context, input }) => {
    await context.store.write.restoreBudget(input.id);
    context.feed.changed('spending');
  }),
  month: routes.month.handler(async ({ context }) => {
    const today = todayOf(context);
    const first = `${today.slice(0, 8)}01`;
    const from = forecastFrom(today);
    const days = await context.store.read.spentByDay(from < first ? from : first);
    const inMonth = days.filter(({ day }) => day >= first && day <= today);
    const spent = nano(inMonth.reduce((sum, day) => sum + day.spent, 0n));
    const forecast = forecastMonth(days, spent, today);
    return { today, lastDay: lastOfMonth(today), spent, forecast };
  }),
};
