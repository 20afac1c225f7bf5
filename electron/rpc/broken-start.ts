import { implement, ORPCError, type Router } from '@orpc/server';
import { brokenStartContract } from '../../shared/contract/broken-start';
import type { BrokenStart } from '../backups/broken-start';
import { failureOf } from './base';
import type { RpcParts } from './parts';

export interface BrokenStartContext extends Pick<RpcParts, 'log'> {
  readonly ways: BrokenStart;
}

const { start } = implement(brokenStartContract)
  .$context<BrokenStartContext>()
  .use(async ({ next, path, context }) => {
    try {
      return await next({ context });
    } catch (error) {
      const data = failureOf(error, path, context);
      throw new ORPCError(data.code, { status: 500, message: data.code, data });
    }
  });

/** What is served when the store cannot be opened. */
export const brokenStartRouter: Router<typeof brokenStartContract, BrokenStartContext> = {
  start: {
    problem: start.problem.handler(({ context }) => context.ways.problem()),
    contents: start.contents.handler(({ context, input }) => context.ways.contents(input.name)),
    restore: start.restore.handler(({ context, input }) => context.ways.restore(input.name)),
    salvage: start.salvage.handler(({ context }) => context.ways.salvage()),
    startEmpty: start.startEmpty.handler(({ context }) => context.ways.startEmpty()),
    tryAgain: start.tryAgain.handler(({ context }) => context.ways.tryAgain()),
    showFolder: start.showFolder.handler(({ context }) => context.ways.showFolder()),
    quit: start.quit.handler(({ context }) => context.ways.quit()),
  },
};
