import type { Offer, UpdateProblem, UpdateState, UpdateStep } from '../../shared/contract/update';
import { problemOf } from './problem';

/** What knows the server of new versions and how this system replaces an app. */
export interface UpdateSource {
  /** Asks for a version that is newer than the one that runs; null for none. */
  look(): Promise<Offer | null>;
  /** Loads what was found and checks it. `told` gets the part that is there, 0 to 100. */
  load(told: (percent: number) => void): Promise<void>;
  /** Puts what was loaded in the place of the app, which is at its end; starts it if `again`. */
  install(again: boolean): Promise<void>;
}

export interface UpdatesParts {
  /** Loads what updates need, when something is to be asked; null where the app cannot be replaced. */
  readonly source: (() => Promise<UpdateSource>) | null;
  /** How many answers are arriving. */
  readonly runningAnswers: () => number;
  /** Whether something cannot be saved now. */
  readonly hasUnsaved: () => boolean;
  /** Ends the app in order. */
  readonly quit: () => void;
  readonly now: () => number;
  readonly changed: () => void;
  readonly log: (event: string, error: unknown) => void;
}

/** How often the server is asked when it is to be asked, in milliseconds. */
const EVERY_MS = 24 * 3_600_000;
/** How often it is seen whether that time has passed, in milliseconds: a computer may have slept. */
const GLANCE_MS = 3_600_000;

/**
 * New versions of the app. Without the user's word nobody is asked; nothing is loaded that they did not
 * ask for; and what is loaded waits for the end of the app.
 */
export class Updates {
  readonly #parts: UpdatesParts;
  #source: Promise<UpdateSource> | null = null;
  #step: UpdateStep = { at: 'none' };
  #lookedAt: number | null = null;
  #triedAt: number | null = null;
  #problem: UpdateProblem | null = null;
  #again = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: UpdatesParts) {
    this.#parts = parts;
  }

  get state(): UpdateState {
    return {
      possible: this.#parts.source !== null,
      step: this.#step,
      lookedAt: this.#lookedAt,
      problem: this.#problem,
    };
  }

  /** Does by itself what the user has agreed to: asks at once and once a day, or never. */
  follow(agreed: boolean): void {
    if (!agreed || this.#parts.source === null) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    if (this.#timer) return;
    this.#timer = setInterval(() => {
      const { now } = this.#parts;
      const since = this.#triedAt === null ? EVERY_MS : now() - this.#triedAt;
      // A clock that was set back tells nothing.
      if (since < 0 || since >= EVERY_MS) void this.look();
    }, GLANCE_MS);
    this.#timer.unref();
    void this.look();
  }

  /**
   * Asks the server. What is being loaded or is ready stays what it is, and so does what was offered when the
   * server does not answer.
   */
  async look(): Promise<UpdateState> {
    const { source, now, log } = this.#parts;
    const before = this.#step;
    if (source === null || !(before.at === 'none' || before.at === 'offered')) return this.state;
    this.#triedAt = now();
    this.#turn({ at: 'looking' });
    try {
      const offer = await (await this.#loadedSource(source)).look();
      this.#lookedAt = now();
      this.#turn(offer === null ? { at: 'none' } : { at: 'offered', offer });
    } catch (error) {
      log('looking for a new version', error);
      this.#turn(before, problemOf(error));
    }
    return this.state;
  }

  /** Begins to load what was offered. */
  load(): UpdateState {
    const { source } = this.#parts;
    if (source !== null && this.#step.at === 'offered') void this.#load(source, this.#step.offer);
    return this.state;
  }

  /** Ends the app for the new one, unless that would cut off an answer or lose something. */
  restart(): 'restarting' | 'not_ready' | 'answers_running' | 'unsaved' {
    if (this.#step.at !== 'ready') return 'not_ready';
    if (this.#parts.hasUnsaved()) return 'unsaved';
    if (this.#parts.runningAnswers() > 0) return 'answers_running';
    this.#again = true;
    this.#parts.quit();
    return 'restarting';
  }

  /**
   * What is left to do once everything is closed, decided while all is still open: null when there is no
   * new version, or when it has to wait because something could not be saved.
   */
  atEnd(): (() => Promise<void>) | null {
    const source = this.#source;
    if (this.#step.at !== 'ready' || source === null || this.#parts.hasUnsaved()) return null;
    return async () => (await source).install(this.#again);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #load(source: () => Promise<UpdateSource>, offer: Offer): Promise<void> {
    this.#turn({ at: 'loading', offer, percent: 0 });
    try {
      const loaded = await this.#loadedSource(source);
      await loaded.load((part) => {
        const percent = Math.min(100, Math.max(0, Math.floor(part)));
        if (this.#step.at !== 'loading' || this.#step.percent === percent) return;
        this.#turn({ at: 'loading', offer, percent });
      });
      this.#turn({ at: 'ready', offer });
    } catch (error) {
      this.#parts.log('loading a new version', error);
      this.#turn({ at: 'offered', offer }, problemOf(error));
    }
  }

  /** One that could not be loaded is tried again the next time. */
  #loadedSource(source: () => Promise<UpdateSource>): Promise<UpdateSource> {
    const loading = this.#source ?? source();
    this.#source = loading;
    loading.catch(() => {
      this.#source = null;
    });
    return loading;
  }

  #turn(step: UpdateStep, problem: UpdateProblem | null = null): void {
    this.#step = step;
    this.#problem = problem;
    this.#parts.changed();
  }
}
