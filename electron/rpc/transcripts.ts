import { base } from './base';

const routes = base.transcripts;

export const transcripts = {
  save: routes.save.handler(({ context, input, signal }) =>
    context.transcripts.save(input, signal),
  ),
};
