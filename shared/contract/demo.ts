import { z } from 'zod';
import { connection } from './connection';
import { route } from './route';

const done = z.void();

export const demoContract = {
  /**
   * The connection to the built-in simulator, made on first use. With `samples` it brings ninety days of
   * conversations and spending as well, once.
   */
  open: route.input(z.object({ samples: z.boolean() })).output(connection),
  /**
   * Removes the demo with everything that was said and spent in it, and ends its answers on their way.
   * `restore` undoes it until the app ends. What is real stays as it is.
   */
  remove: route.output(done),
  restore: route.output(done),
};
