import { localDay } from '../../shared/local-day';
import { base } from './base';
import type { RpcParts } from './parts';

const routes = base.spending;

function calendarOf({ timeZone }: RpcParts) {
  const zone = timeZone();
  return { today: localDay(Date.now(), zone), timeZone: zone };
}

export const spending = {
  report: routes.report.handler(({ context, input: { filter, groupBy, limit } }) =>
    context.store.read.spendingReport(filter, groupBy, limit, calendarOf(context)),
  ),
  wasted: routes.wasted.handler(({ context, input }) =>
    context.store.read.wastedSpending(input, calendarOf(context)),
  ),
  runs: routes.runs.handler(({ context, input: { filter, ...page } }) =>
    context.store.read.spendingRows(filter, page, calendarOf(context)),
  ),
  compareRouting: routes.compareRouting.handler(({ context, input }) =>
    context.store.read.routingFigures(input, calendarOf(context)),
  ),
};
