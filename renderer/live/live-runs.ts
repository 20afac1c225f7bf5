import type { Attached } from '../../shared/contract/run';
import type { RunId } from '../../shared/ids';
import type { StreamEvent } from '../../shared/stream-event';
import { advancedRun, attachedRun, type LiveRun, type LiveRunRef, startedRun } from './live-run';

/** Calls back once before the next frame is drawn. */
export type Schedule = (flush: () => void) => void;

interface Delta {
  readonly sequence: number;
  readonly events: readonly StreamEvent[];
}

interface Entry {
  run: LiveRun;
  waiting: Delta[];
}

type Listener = () => void;

/**
 * The answers on their way, outside React: a view that unmounts stops nothing and one that mounts
 * finds the whole text. What arrives is folded once a frame, however many messages that was.
 */
export class LiveRuns {
  readonly #entries = new Map<RunId, Entry>();
  readonly #ofRun = new Map<RunId, Set<Listener>>();
  readonly #ofList = new Set<Listener>();
  readonly #schedule: Schedule;
  readonly #now: () => number;
  #list: readonly LiveRunRef[] = [];
  #scheduled = false;

  constructor(schedule: Schedule, now: () => number = Date.now) {
    this.#schedule = schedule;
    this.#now = now;
  }

  /** Which runs live, in the order they began. The same array until one begins or goes. */
  readonly list = (): readonly LiveRunRef[] => this.#list;

  get(runId: RunId): LiveRun | null {
    return this.#entries.get(runId)?.run ?? null;
  }

  start(ref: LiveRunRef, sequence: number): void {
    if (this.#entries.has(ref.runId)) return;
    this.#put(startedRun(ref, sequence, this.#now()));
  }

  /** Takes the replay instead of whatever was known of the run. */
  attach(ref: LiveRunRef, attached: Attached): void {
    this.#put(attachedRun(ref, attached));
  }

  append(runId: RunId, sequence: number, events: readonly StreamEvent[]): void {
    const entry = this.#entries.get(runId);
    if (!entry) return;
    entry.waiting.push({ sequence, events });
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#schedule(() => {
      this.#scheduled = false;
      for (const id of this.#entries.keys()) this.#fold(id);
    });
  }

  /** The run is over. Its last text shows until `retire`. */
  end(runId: RunId): void {
    this.#fold(runId);
    const entry = this.#entries.get(runId);
    if (!entry || entry.run.ended) return;
    entry.run = { ...entry.run, ended: true };
    this.#notify(runId);
  }

  /** The stored message says it all by now. */
  retire(runId: RunId): void {
    if (!this.#entries.delete(runId)) return;
    this.#list = this.#list.filter((ref) => ref.runId !== runId);
    this.#notify(runId);
    for (const listener of this.#ofList) listener();
  }

  readonly subscribeToList = (listener: Listener): (() => void) => {
    this.#ofList.add(listener);
    return () => this.#ofList.delete(listener);
  };

  subscribe(runId: RunId, listener: Listener): () => void {
    const listeners = this.#ofRun.get(runId) ?? new Set();
    this.#ofRun.set(runId, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#ofRun.get(runId) === listeners) this.#ofRun.delete(runId);
    };
  }

  #put(run: LiveRun): void {
    const { runId, conversationId, messageId } = run;
    const known = this.#entries.has(runId);
    this.#entries.set(runId, { run, waiting: [] });
    if (!known) {
      this.#list = [...this.#list, { runId, conversationId, messageId }];
      for (const listener of this.#ofList) listener();
    }
    this.#notify(runId);
  }

  #fold(runId: RunId): void {
    const entry = this.#entries.get(runId);
    if (!entry || entry.waiting.length === 0) return;
    const before = entry.run;
    const now = this.#now();
    for (const { sequence, events } of entry.waiting) {
      entry.run = advancedRun(entry.run, sequence, events, now);
    }
    entry.waiting = [];
    if (entry.run !== before) this.#notify(runId);
  }

  #notify(runId: RunId): void {
    for (const listener of this.#ofRun.get(runId) ?? []) listener();
  }
}
