import type { RequestLimits } from '../../shared/endpoint';
import { CONNECT_MS } from './http';

/** What was waited for in vain; the last three are named after their limits. */
export type WaitedFor = 'connect' | 'headers' | 'idle' | 'whole';

/** A proxy and the server behind it may each take the time of one connection. */
const BEFORE_SENT_MS = 2 * CONNECT_MS;

/**
 * How long usage and the end mark are waited for once a finish reason was seen, in milliseconds. Many
 * servers leave the connection open after it.
 */
const AFTER_FINISH_MS = 1_500;

/** The same where output has come behind a finish reason before: some put one into each chunk. */
const WHERE_IT_WENT_ON_MS = 20_000;

/** How long the words of a refusal are waited for, in milliseconds. */
const REFUSAL_MS = 5_000;

/**
 * Keeps the time of one request (design, section 5). A streamed answer has `headersMs` for its head and
 * then `idleMs` from one whole line to the next, so that bytes trickling within a line win nothing;
 * `wholeMs` is how long it may go on without a record, saying only that it is alive. An answer that is
 * not streamed has `wholeMs` for everything.
 */
export class Patience {
  readonly #limits: RequestLimits;
  readonly #streamed: boolean;
  readonly #giveUp: (waitedFor: WaitedFor) => void;
  readonly #overdue: () => void;
  #timer: NodeJS.Timeout | undefined;
  #whole: NodeJS.Timeout | undefined;
  #end: NodeJS.Timeout | undefined;

  /**
   * Begins with the wait for a connection. `giveUp` is called at most once; `overdue` when what seemed
   * to be the end was not followed by anything.
   */
  constructor(
    limits: RequestLimits,
    streamed: boolean,
    giveUp: (waitedFor: WaitedFor) => void,
    overdue: () => void,
  ) {
    this.#limits = limits;
    this.#streamed = streamed;
    this.#giveUp = giveUp;
    this.#overdue = overdue;
    this.#wait('connect', BEFORE_SENT_MS);
  }

  sent(): void {
    if (this.#streamed) this.#wait('headers', this.#limits.headersMs);
    else this.#waitForAll();
  }

  head(): void {
    if (!this.#streamed) return;
    this.#wait('idle', this.#limits.idleMs);
    this.#waitForAll();
  }

  /** The head said no; what else it says is good to have. */
  refused(): void {
    this.#wait('idle', Math.min(REFUSAL_MS, this.#limits.idleMs));
  }

  /** A whole line came, or part of a body that has no lines. */
  line(): void {
    if (this.#streamed) this.#timer?.refresh();
  }

  /** A record came. */
  record(): void {
    if (this.#streamed) this.#whole?.refresh();
  }

  /** What came may have been the last of it; less likely so where it went on before. */
  finishing(wentOn: boolean): void {
    clearTimeout(this.#end);
    this.#end = setTimeout(this.#overdue, wentOn ? WHERE_IT_WENT_ON_MS : AFTER_FINISH_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#whole);
    clearTimeout(this.#end);
  }

  #wait(waitedFor: WaitedFor, ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#over(waitedFor), ms);
  }

  #waitForAll(): void {
    if (!this.#streamed) clearTimeout(this.#timer);
    this.#whole = setTimeout(() => this.#over('whole'), this.#limits.wholeMs);
  }

  #over(waitedFor: WaitedFor): void {
    this.close();
    this.#giveUp(waitedFor);
  }
}
