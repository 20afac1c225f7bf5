import type { Connection } from '../../shared/contract/connection';
import type { Topic } from '../../shared/contract/events';
import type { Store } from '../store/client';
import type { Samples } from '../store/queries/demo-samples';
import type { Attachments } from './attachments';
import type { Connections } from './connections';
import type { Feed } from './feed';
import { OneAtATime } from './one-at-a-time';
import type { Runs } from './runs';

export interface DemoParts {
  readonly store: Store;
  readonly feed: Feed;
  readonly connections: Connections;
  readonly runs: Runs;
  readonly attachments: Pick<Attachments, 'remove'>;
  /** The sample conversations up to now, as they would be of this connection. */
  readonly samples: (connection: Connection) => Promise<Samples>;
}

const TOPICS: readonly Topic[] = [
  'connections',
  'conversations',
  'conversation',
  'presets',
  'spending',
];

/** The demo: a connection that needs no key, and conversations to look at. */
export class Demo {
  readonly #parts: DemoParts;
  /** Attachments of what was removed: they go once it cannot come back. */
  #left: readonly number[] = [];
  /** Opens it: who comes second finds it there. */
  readonly #openings = new OneAtATime();

  constructor(parts: DemoParts) {
    this.#parts = parts;
  }

  /** Opens the connection to the simulator, and brings the samples unless they are there. */
  open(withSamples: boolean): Promise<Connection> {
    return this.#openings.do(() => this.#open(withSamples));
  }

  async #open(withSamples: boolean): Promise<Connection> {
    const { store, feed, connections, samples } = this.#parts;
    const connection = await connections.openDemo();
    if (withSamples && !(await store.read.hasSamples())) {
      await store.write.insertSamples(connection.id, await samples(connection));
      feed.changed(...TOPICS);
    }
    return connection;
  }

  /** Ends the demo's answers on their way, saves them, and removes all of it. */
  async remove(): Promise<void> {
    const { store, feed, connections, runs } = this.#parts;
    const demos = (await connections.list()).filter(({ isDemo }) => isDemo);
    for (const { id } of demos) await runs.stopThoseOf(id);
    await this.#forgetLeft();
    this.#left = await store.write.removeDemo();
    for (const { id } of demos) connections.forget(id);
    feed.changed(...TOPICS);
  }

  /** Brings back what was removed, unless there is a new demo. */
  async restore(): Promise<void> {
    const { store, feed } = this.#parts;
    await store.write.restoreDemo();
    this.#left = [];
    feed.changed(...TOPICS);
  }

  /** Nothing can be brought back any more. */
  async close(): Promise<void> {
    await this.#forgetLeft();
  }

  async #forgetLeft(): Promise<void> {
    const { store, attachments } = this.#parts;
    if (this.#left.length === 0) return;
    await attachments.remove(await store.write.forgetDemo(this.#left));
    this.#left = [];
  }
}
