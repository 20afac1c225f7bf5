import type { SupportedMessagePort } from '@orpc/client/message-port';
import { RPCHandler } from '@orpc/server/message-port';
import type { Settings } from '../shared/contract/app';
import { makeDispatcher } from './provider/http';
import { readSettings } from './rpc/app';
import type { RpcParts } from './rpc/parts';
import { router } from './rpc/router';
import { type DemoServer, Endpoints, type KeyVault } from './runs/endpoints';
import { Feed } from './runs/feed';
import { KeySeal } from './runs/key-seal';
import { SYSTEM_CLOCK } from './runs/live-run';
import { recoverRuns } from './runs/recovery';
import { Runs } from './runs/runs';
import type { Store } from './store/client';

/** What the engine needs of the shell around it. */
export interface EngineSurroundings
  extends Pick<RpcParts, 'info' | 'openExternal' | 'themeChanged' | 'log'> {
  readonly store: Store;
  readonly vault: KeyVault;
}

/** Everything behind the window: runs, connections, feed, and the contract that serves them. */
export interface Engine {
  readonly settings: Settings;
  /** Serves the contract on a port of the page. */
  serve(port: SupportedMessagePort): void;
  /** How many answers are arriving. */
  runningAnswers(): number;
  /** Stops the runs, saves them, and lets go of servers and sockets. The store stays open. */
  close(): Promise<void>;
}

const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * Builds the parts and hands them to each other. It is loaded while the window opens, because the code
 * of the request core and of the contract takes longer to load than a window does.
 */
export async function startEngine(surroundings: EngineSurroundings): Promise<Engine> {
  const { store, vault, log } = surroundings;
  await recoverRuns(store, Date.now());
  const settings = await readSettings(store);
  const feed = new Feed();
  const dispatcher = makeDispatcher();
  const demo = new Demo();
  const startDemo = () => demo.start();
  const endpoints = new Endpoints({ store, feed, dispatcher, vault, startDemo });
  const runs = new Runs({
    store,
    feed,
    endpoints,
    clock: SYSTEM_CLOCK,
    timeZone,
    log,
  });
  const parts: RpcParts = {
    ...surroundings,
    runs,
    endpoints,
    feed,
    keySeal: new KeySeal(),
    timeZone,
  };
  const handler = new RPCHandler(router);
  endpoints
    .checkInUse(settings.lastConnectionId)
    .catch((error: unknown) => log('the first check of the server', error));
  return {
    settings,
    serve: (port) => handler.upgrade(port, { context: parts }),
    runningAnswers: () => runs.live.length,
    close: async () => {
      endpoints.close();
      await runs.stopAll();
      feed.close();
      await demo.close();
      await dispatcher.destroy();
    },
  };
}

/** The simulator behind the Demo connection, started when it is first used. */
class Demo {
  #close: () => Promise<void> = async () => undefined;

  async start(): Promise<DemoServer> {
    const { startSimulator } = await import('./simulator/simulator');
    const simulator = await startSimulator({ pace: 'natural' });
    this.#close = () => simulator.close();
    return simulator;
  }

  close(): Promise<void> {
    return this.#close();
  }
}
