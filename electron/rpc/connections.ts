import { base } from './base';

const routes = base.connections;

export const connections = {
  list: routes.list.handler(({ context }) => context.endpoints.list()),
  create: routes.create.handler(({ context, input, signal }) =>
    context.endpoints.create(input, signal),
  ),
  openDemo: routes.openDemo.handler(({ context }) => context.endpoints.openDemo()),
  setKey: routes.setKey.handler(({ context, input, signal }) =>
    context.endpoints.setKey(input.id, input.key, input.allowWeak, signal),
  ),
  check: routes.check.handler(({ context, input }) => context.endpoints.check(input.id)),
  models: routes.models.handler(({ context, input }) => context.endpoints.models(input.id)),
  keyStrength: routes.keyStrength.handler(({ context }) => context.endpoints.keyStrength()),
};
