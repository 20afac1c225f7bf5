import { base } from './base';

const routes = base.updates;

export const updates = {
  state: routes.state.handler(({ context }) => context.updates.state),
  look: routes.look.handler(({ context }) => context.updates.look()),
  load: routes.load.handler(({ context }) => context.updates.load()),
  restart: routes.restart.handler(({ context }) => context.updates.restart()),
};
