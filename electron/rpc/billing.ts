import { base } from './base';

const routes = base.billing;

export const billing = {
  connections: routes.connections.handler(({ context }) => context.billing.connections()),
  start: routes.start.handler(({ context, input }) => context.billing.start(input.connectionId)),
  stop: routes.stop.handler(({ context, input }) => context.billing.stop(input.connectionId)),
  undo: routes.undo.handler(({ context, input }) => context.billing.undo(input.importId)),
  report: routes.report.handler(({ context, input }) =>
    context.store.read.billingReport(input.connectionId),
  ),
};
