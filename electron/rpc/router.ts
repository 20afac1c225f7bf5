import { app } from './app';
import { base } from './base';
import { connections } from './connections';
import { conversations } from './conversations';
import { events } from './events';
import { runs } from './runs';

/** Every route of the contract; one that is missing here does not compile. */
export const router = base.router({ app, connections, conversations, runs, events });
