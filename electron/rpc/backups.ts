import { base } from './base';

const routes = base.backups;

export const backups = {
  state: routes.state.handler(({ context }) => context.backups.state()),
  create: routes.create.handler(({ context }) => context.backups.create()),
  preview: routes.preview.handler(({ context, input }) => context.backups.preview(input.name)),
  restore: routes.restore.handler(({ context, input }) => context.backups.restore(input.name)),
  remove: routes.remove.handler(({ context, input }) => context.backups.remove(input.name)),
  show: routes.show.handler(({ context, input }) => context.backups.show(input.name)),
};
