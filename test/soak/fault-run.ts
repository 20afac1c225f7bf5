import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { fill } from '../e2e/small-disk';
import { checkDeliveries } from './delivery-check';
import { type Delivery, type FaultyProxy, startFaultyProxy } from './faulty-proxy';
import { sequence } from './sequence';
import { type Heaps, ShakenApp } from './shaken-app';
import { startWordsServer } from './words-server';

export interface FaultOptions {
  /** How long faults are made. */
  readonly seconds: number;
  readonly seed: number;
  /** The data folder, empty; it is left as it is. */
  readonly folder: string;
  /** The folder is a small disk of its own, which can be filled. */
  readonly isSmallDisk: boolean;
  /** Hears of each thing that is done to the app. */
  readonly onEvent: (event: string) => void;
}

export interface FaultReport {
  /** What is wrong, in words; empty when nothing is. */
  readonly faults: readonly string[];
  /** How often each thing was done to the app. */
  readonly events: Readonly<Record<string, number>>;
  readonly deliveries: readonly Delivery[];
  /** How many runs ended how. */
  readonly states: Readonly<Record<string, number>>;
  readonly before: Heaps | null;
  readonly after: Heaps | null;
}

/** How much larger a heap may be in the end, in bytes. */
const GROWTH_BYTES = 16 * 1024 * 1024;

const HOUR_MS = 3_600_000;

/** What is still on its way in the end has so long, in milliseconds. */
const LAST_MS = 40_000;

/** After this time everything that could not be kept is kept, in milliseconds. */
const KEPT_BY_MS = 1_800;

/** Three crashes of the page lie further apart, in milliseconds. */
const APART_MS = 65_000;

/** A page that was just brought back is waited for so long, in milliseconds. */
const LONGEST_WITHOUT_PAGE_MS = 5_000;

const EVENTS = [
  'reload',
  'crash of the page',
  'end of the writing thread',
  'end of the reading thread',
  'suspension',
  'clock',
  'full disk',
] as const;
type Event = (typeof EVENTS)[number];

/**
 * Has the real app stream answers through a proxy that harms them, does to the app whatever can be done from
 * outside, and then looks at what it kept.
 */
export async function shake(options: FaultOptions): Promise<FaultReport> {
  const { seconds, seed, folder, isSmallDisk, onEvent } = options;
  const random = sequence(seed);
  const server = await startWordsServer();
  // Its own numbers: how many of them it takes depends on the time.
  const proxy = await startFaultyProxy(server.baseUrl, sequence(seed + 1));
  const store = join(folder, 'slice.db');
  let app = await ShakenApp.start(folder, proxy.baseUrl);
  try {
    const shaking = new Shaking(app, random, join(folder, 'filler'), onEvent);
    await shaking.warmUp(proxy);
    const before = await app.heaps();
    const until = Date.now() + seconds * 1_000;
    const events = EVENTS.filter((event) => isSmallDisk || event !== 'full disk');
    while (Date.now() < until) await shaking.round(events, until);
    await shaking.restore();
    await shaking.end(proxy, store);
    const { faults } = shaking;
    let after = await app.heaps();
    // Something passing may still count, as a page that was just loaded; what leaks is there later too.
    for (let tries = 0; tries < 5 && growth(before, after).length > 0; tries += 1) {
      await wait(2_000);
      after = await app.heaps();
    }
    faults.push(...growth(before, after));
    const { suspensions } = app;
    const killedAt = await shaking.kill(proxy);
    app = await ShakenApp.startAgain(folder);
    if (!(await app.quit())) faults.push('the app did not end');
    const found = checkDeliveries(store, proxy.log, server.log, { suspensions, killedAt });
    return {
      faults: [...faults, ...found.faults],
      events: shaking.events,
      deliveries: proxy.log,
      states: found.states,
      before,
      after,
    };
  } finally {
    await app.kill();
    await proxy.close();
    await server.close();
  }
}

/** In words, which heaps are larger than they may be. */
function growth(before: Heaps | null, after: Heaps | null): readonly string[] {
  if (!before || !after) return ['the page does not tell how much memory it uses'];
  return (['main', 'page'] as const).flatMap((heap) => {
    const grown = after[heap] - before[heap];
    return grown > GROWTH_BYTES ? [`the heap of ${heap} grew by ${megabytes(grown)}`] : [];
  });
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

class Shaking {
  readonly events: Record<string, number> = {};
  readonly faults: string[] = [];
  readonly #app: ShakenApp;
  readonly #random: () => number;
  readonly #filler: string;
  readonly #onEvent: (event: string) => void;
  #questions = 0;
  /** When the page was crashed, in milliseconds. */
  readonly #crashes: number[] = [];

  constructor(
    app: ShakenApp,
    random: () => number,
    filler: string,
    onEvent: (event: string) => void,
  ) {
    this.#app = app;
    this.#random = random;
    this.#filler = filler;
    this.#onEvent = onEvent;
  }

  /** Has everything loaded that a first answer needs. */
  async warmUp(proxy: FaultyProxy): Promise<void> {
    for (let answers = 0; answers < 3; answers += 1) await this.#ask('new');
    await waitUntil(() => proxy.log.length >= 3, 10_000);
    await waitUntil(() => proxy.log.every(({ ending }) => ending !== null), 20_000);
  }

  /** Does each thing once, in any order, and asks in between. */
  async round(events: readonly Event[], until: number): Promise<void> {
    const left = [...events];
    while (left.length > 0 && Date.now() < until) {
      const [event] = left.splice(Math.floor(this.#random() * left.length), 1);
      for (let asks = 1 + Math.floor(this.#random() * 3); asks > 0; asks -= 1) {
        await this.#ask(this.#random() < 0.75 ? 'new' : 'here');
        await wait(200 + this.#random() * 400);
      }
      if (event) await this.#do(event);
    }
  }

  async restore(): Promise<void> {
    rmSync(this.#filler, { force: true });
    await this.#app.moveClock(0);
  }

  /** Lets everything be finished, and has one more answer come as if nothing had been. */
  async end(proxy: FaultyProxy, store: string): Promise<void> {
    proxy.calm();
    const { faults } = this;
    const isQuiet = () => proxy.log.every(({ ending }) => ending !== null) && running(store) === 0;
    if (!(await waitUntil(isQuiet, LAST_MS))) {
      faults.push(`${running(store)} runs have no end`);
    }
    const asked = proxy.log.length;
    await waitUntil(async () => {
      if (proxy.log.length > asked) return true;
      await this.#ask('new');
      return waitUntil(() => proxy.log.length > asked, 3_000);
    }, 20_000);
    const last = proxy.log.at(-1);
    const hasCome = () =>
      last?.ending === 'whole' &&
      proxy.log.every(({ ending }) => ending !== null) &&
      running(store) === 0;
    if (proxy.log.length === asked) faults.push('in the end nothing can be asked');
    else if (!(await waitUntil(hasCome, LAST_MS))) faults.push('the last answer did not come');
    else if (!(await waitUntil(async () => /\b\d+\.400\b/.test(await this.#app.text()), 10_000))) {
      faults.push('the page does not show the last answer');
    }
  }

  /**
   * Kills it after its writing thread has failed under answers that are still coming, so that what could not be
   * kept at once has to have been kept since. Returns when (ms since 1970).
   */
  async kill(proxy: FaultyProxy): Promise<number> {
    const asked = proxy.log.length;
    for (let answers = 0; answers < 2; answers += 1) await this.#ask('new');
    await waitUntil(
      () => (proxy.log.at(-1)?.pieces.length ?? 0) > 10 && proxy.log.length > asked,
      5_000,
    );
    for (let times = 0; times < 3; times += 1) {
      await this.#app.endThread('writer');
      await wait(300);
    }
    await wait(KEPT_BY_MS);
    const killedAt = Date.now();
    await this.#app.kill();
    // The proxy sees a moment later that nobody reads any more.
    await waitUntil(() => proxy.log.every(({ ending }) => ending !== null), 5_000);
    return killedAt;
  }

  /** Asks as soon as there is a page to ask in. */
  async #ask(where: 'new' | 'here'): Promise<void> {
    await waitUntil(async () => {
      // No question is asked twice, so that a request is told from all others by it.
      this.#questions += 1;
      const done = await this.#app.ask(`Question ${this.#questions}`, where);
      if (done === 'given up') this.faults.push('the page was given up, though it crashed rarely');
      return done === 'asked';
    }, LONGEST_WITHOUT_PAGE_MS);
  }

  /** The third within a minute would have the app ask first. */
  #mayCrash(): boolean {
    const before = this.#crashes.at(-2);
    return before === undefined || performance.now() - before > APART_MS;
  }

  async #do(event: Event): Promise<void> {
    if (event === 'crash of the page' && !this.#mayCrash()) return;
    this.events[event] = (this.events[event] ?? 0) + 1;
    const between = (least: number, most: number) =>
      Math.round(least + this.#random() * (most - least));
    switch (event) {
      case 'reload':
        this.#onEvent(event);
        return this.#app.reload();
      case 'crash of the page':
        this.#onEvent(event);
        this.#crashes.push(performance.now());
        return this.#app.crashPage();
      case 'end of the writing thread':
        this.#onEvent(event);
        return this.#app.endThread('writer');
      case 'end of the reading thread':
        this.#onEvent(event);
        return this.#app.endThread('reader');
      case 'suspension': {
        const ms = between(1_000, 3_000);
        this.#onEvent(`${event} for ${ms} ms`);
        return this.#app.suspend(ms);
      }
      case 'clock': {
        const ms = between(-48 * HOUR_MS, 48 * HOUR_MS);
        this.#onEvent(`${event} moved by ${Math.round(ms / 60_000)} minutes`);
        return this.#app.moveClock(ms);
      }
      case 'full disk': {
        const ms = between(1_000, 4_000);
        this.#onEvent(`${event} for ${ms} ms`);
        fill(this.#filler);
        await this.#ask('new');
        // Whoever comes back now finds no room.
        if (this.#random() < 0.5) await this.#app.endThread('writer');
        await wait(ms);
        rmSync(this.#filler);
        return;
      }
    }
  }
}

/** How many runs are on their way, as the store has it. */
function running(store: string): number {
  const db = new Database(store, { readonly: true });
  try {
    const sql = "SELECT count(*) FROM run WHERE state = 'running'";
    return db.prepare<[], number>(sql).pluck().get() ?? 0;
  } finally {
    db.close();
  }
}

async function waitUntil(
  holds: () => boolean | Promise<boolean>,
  longestMs: number,
): Promise<boolean> {
  const end = Date.now() + longestMs;
  while (!(await holds())) {
    if (Date.now() > end) return false;
    await wait(100);
  }
  return true;
}
