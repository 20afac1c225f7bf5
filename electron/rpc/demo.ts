import { base } from './base';

const routes = base.demo;

export const demo = {
  open: routes.open.handler(({ context, input }) => context.demo.open(input.samples)),
  remove: routes.remove.handler(({ context }) => context.demo.remove()),
  restore: routes.restore.handler(({ context }) => context.demo.restore()),
};
