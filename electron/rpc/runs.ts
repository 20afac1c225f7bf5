import { base } from './base';

const routes = base.runs;

export const runs = {
  send: routes.send.handler(({ context, input }) => context.runs.send(input)),
  answerAgain: routes.answerAgain.handler(({ context, input }) => context.runs.answerAgain(input)),
  edit: routes.edit.handler(({ context, input }) => context.runs.edit(input)),
  preview: routes.preview.handler(({ context, input }) => context.runs.preview(input)),
  inspect: routes.inspect.handler(({ context, input }) => context.runs.inspect(input.runId)),
  stop: routes.stop.handler(({ context, input }) => context.runs.stop(input.runId)),
  attach: routes.attach.handler(({ context, input }) => context.runs.attach(input.runId)),
  live: routes.live.handler(({ context }) =>
    context.runs.live.map(({ ids: { runId, conversationId, messageId } }) => ({
      runId,
      conversationId,
      messageId,
    })),
  ),
  comparisons: routes.comparisons.handler(({ context, input }) =>
    context.store.read.listComparisons(input.offset, input.limit),
  ),
};
