import type { Reachability } from '../../shared/contract/connection';
import type { Failure } from '../../shared/errors';
import type { ConnectionId } from '../../shared/ids';
import type { CompletionEnd } from '../provider/completion';
import type { Probe } from '../provider/probe';

/** How often a server that could not be reached is asked again, in milliseconds. */
const ASK_AGAIN_MS = 30_000;

const UNKNOWN: Reachability = { state: 'unknown', since: 0, latencyMs: null };

/** Failures that mean the server could not be reached at all. */
const UNREACHABLE: ReadonlySet<string> = new Set(['network', 'offline']);

/** Failures that do not tell whether the server is there. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(['internal', 'stopped']);

/** Failures that came before anything was asked, unless the server said so itself. */
const OWN_UNLESS_STATUS: ReadonlySet<string> = new Set(['invalid_input', 'no_key', 'not_found']);

function saysNothing({ code, status }: Failure): boolean {
  return SAYS_NOTHING.has(code) || (status === undefined && OWN_UNLESS_STATUS.has(code));
}

/** Which servers can be reached, learned from whatever was asked of them. */
export class ReachabilityBook {
  readonly #known = new Map<ConnectionId, Reachability>();
  readonly #asking = new Map<ConnectionId, NodeJS.Timeout>();
  readonly #changed: () => void;
  readonly #ask: (id: ConnectionId) => Promise<unknown>;
  #closed = false;

  /**
   * `ask` is called now and then for a server that is offline; what it finds out is noted again. It rejects
   * when it could not ask.
   */
  constructor(changed: () => void, ask: (id: ConnectionId) => Promise<unknown>) {
    this.#changed = changed;
    this.#ask = ask;
  }

  get(id: ConnectionId): Reachability {
    return this.#known.get(id) ?? UNKNOWN;
  }

  /** Learns from a question that cost nothing. */
  noteProbe(id: ConnectionId, probe: Probe<unknown>): void {
    if (probe.ok) this.#set(id, 'online', Math.round(probe.latencyMs));
    else if (UNREACHABLE.has(probe.failure.code) || probe.failure.code === 'timeout') {
      this.#set(id, 'offline', null);
    } else if (!saysNothing(probe.failure)) this.#set(id, 'online', undefined);
  }

  /** Learns from the end of a run. */
  noteEnd(id: ConnectionId, { state, failure }: CompletionEnd): void {
    if (failure && UNREACHABLE.has(failure.code)) this.#set(id, 'offline', null);
    else if (failure ? failure.code !== 'timeout' && !saysNothing(failure) : state !== 'stopped') {
      this.#set(id, 'online', undefined);
    }
  }

  forget(id: ConnectionId): void {
    clearTimeout(this.#asking.get(id));
    this.#asking.delete(id);
    this.#known.delete(id);
  }

  /** Asks no server any more. */
  close(): void {
    this.#closed = true;
    for (const timer of this.#asking.values()) clearTimeout(timer);
    this.#asking.clear();
  }

  /** `since` moves only when the state changes; a latency of undefined keeps the last one. */
  #set(id: ConnectionId, state: Reachability['state'], latencyMs: number | null | undefined): void {
    const before = this.get(id);
    this.#known.set(id, {
      state,
      since: before.state === state ? before.since : Date.now(),
      latencyMs: latencyMs === undefined ? before.latencyMs : latencyMs,
    });
    this.#changed();
    clearTimeout(this.#asking.get(id));
    this.#asking.delete(id);
    if (state === 'offline') this.#askLater(id);
  }

  #askLater(id: ConnectionId): void {
    if (this.#closed) return;
    const ask = async () => {
      this.#asking.delete(id);
      try {
        await this.#ask(id);
      } catch {
        // Nothing was asked, so nothing was noted, and the server is as it was: unless it is gone.
        const isOffline = this.get(id).state === 'offline';
        if (isOffline && !this.#asking.has(id)) this.#askLater(id);
      }
    };
    this.#asking.set(
      id,
      setTimeout(() => void ask(), ASK_AGAIN_MS),
    );
  }
}
