import { base } from './base';

const routes = base.usageFiles;

export const usageFiles = {
  save: routes.save.handler(({ context, input, signal }) => context.usageFiles.save(input, signal)),
  show: routes.show.handler(({ context, input }) => context.files.show(input.id)),
};
