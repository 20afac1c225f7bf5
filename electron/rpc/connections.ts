import { base } from './base';

const routes = base.connections;

export const connections = {
  list: routes.list.handler(({ context }) => context.endpoints.list()),
  create: routes.create.handler(async ({ context, input, signal }) => {
    const key = await context.keySeal.open(input.key);
    return context.endpoints.create({ ...input, key }, signal);
  }),
  openDemo: routes.openDemo.handler(({ context }) => context.endpoints.openDemo()),
  setKey: routes.setKey.handler(async ({ context, input, signal }) => {
    const key = await context.keySeal.open(input.key);
    return context.endpoints.setKey(input.id, key, input.allowWeak, signal);
  }),
  sealingKey: routes.sealingKey.handler(({ context }) => context.keySeal.publicKey()),
  check: routes.check.handler(({ context, input }) => context.endpoints.check(input.id)),
  models: routes.models.handler(({ context, input }) => context.endpoints.models(input.id)),
  keyStrength: routes.keyStrength.handler(({ context }) => context.endpoints.keyStrength()),
};
