import { base } from './base';

const routes = base.telemetry;

export const telemetry = {
  state: routes.state.handler(({ context }) => context.telemetry.state()),
  change: routes.change.handler(async ({ context, input: { setHeaders, ...changes } }) => {
    if (!setHeaders) return context.telemetry.change(changes);
    const opened = await Promise.all(
      setHeaders.map(async ({ name, value }) => ({
        name,
        value: await context.keySeal.openHeader(value),
      })),
    );
    return context.telemetry.change({ ...changes, setHeaders: opened });
  }),
  test: routes.test.handler(({ context }) => context.telemetry.test()),
  sendEarlier: routes.sendEarlier.handler(({ context }) => context.telemetry.sendEarlier()),
  stopEarlier: routes.stopEarlier.handler(({ context }) => context.telemetry.stopEarlier()),
};
