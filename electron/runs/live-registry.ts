import type { RunId } from '../../shared/ids';
import type { StreamEvent } from '../../shared/stream-event';
import type { Store } from '../store/client';
import { Checkpoint } from './checkpoint';
import { DeltaBatcher } from './delta-batcher';
import type { Feed } from './feed';
import { type Clock, LiveRun, type RunIds } from './live-run';

/** A run on its way, and where its events go. */
export interface Live {
  readonly run: LiveRun;
  readonly batcher: DeltaBatcher;
  readonly journal: Checkpoint;
  /** Takes events into the view, to the page and into the journal. */
  readonly take: (events: readonly StreamEvent[]) => void;
}

export interface RegistryParts {
  readonly store: Store;
  readonly feed: Pick<Feed, 'publish' | 'changed'>;
  readonly clock: Clock;
  readonly log: (event: string, error: unknown) => string;
}

/** The runs on their way. Their beginning and end are told to the page here and nowhere else. */
export class LiveRegistry {
  readonly #parts: RegistryParts;
  readonly #live = new Map<RunId, Live>();

  constructor(parts: RegistryParts) {
    this.#parts = parts;
  }

  get(id: RunId): Live | null {
    return this.#live.get(id) ?? null;
  }

  get runs(): readonly LiveRun[] {
    return [...this.#live.values()].map(({ run }) => run);
  }

  /** Takes in a run whose row is committed. `before` is the attempt that it takes the place of. */
  enter(ids: RunIds, startedAt: number, before: LiveRun | null = null): Live {
    const { store, feed, clock, log } = this.#parts;
    const { runId, conversationId, messageId } = ids;
    const run = new LiveRun(ids, clock, startedAt, before);
    const batcher = new DeltaBatcher((events) =>
      feed.publish({ type: 'run.delta', runId, events }),
    );
    const journal = new Checkpoint(
      (position, events) => store.write.checkpoint(runId, position, events),
      (error) => log(`checkpoint of run ${runId}`, error),
    );
    const take = (events: readonly StreamEvent[]) => {
      run.take(events);
      batcher.add(events);
      journal.add(events);
    };
    const live = { run, batcher, journal, take };
    this.#live.set(runId, live);
    feed.publish({ type: 'run.started', runId, conversationId, messageId });
    feed.changed('conversations', 'conversation', 'spending');
    return live;
  }

  /** Lets go of a run whose end is saved. */
  leave({ run, batcher }: Live): void {
    const { feed } = this.#parts;
    const { runId, conversationId, messageId } = run.ids;
    batcher.flush();
    this.#live.delete(runId);
    feed.publish({ type: 'run.ended', runId, conversationId, messageId });
    feed.changed('conversations', 'conversation', 'spending');
  }
}
