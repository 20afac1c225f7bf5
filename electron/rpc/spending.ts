import { localDay } from '../../shared/local-day';
import { base } from './base';
import type { RpcParts } from './parts';

const routes = base.spending;

function calendarOf({ timeZone }: RpcParts) {
  const zone = timeZone();
  return { today: localDay(Date.now(), zone), timeZone: zone };
}

export const spending = {
  extent: routes.extent.handler(({ context }) => context.store.read.spendingExtent()),
  report: routes.report.handler(({ context, input: { filter, groupBy, limit } }) =>
    context.store.read.spendingReport(filter, groupBy, limit, calendarOf(context)),
  ),
  wasted: routes.wasted.handler(({ context, input }) =>
    context.store.read.wastedSpending(input, calendarOf(context)),
  ),
  runs: routes.runs.handler(({ context, input: { filter, hour, ...page } }) =>
    context.store.read.spendingRows(
      filter,
      { ...page, hour: hour === undefined ? null : Date.parse(hour) },
      calendarOf(context),
    ),
  ),
  compareRouting: routes.compareRouting.handler(({ context, input }) =>
    context.store.read.routingFigures(input, calendarOf(context)),
  ),
};
