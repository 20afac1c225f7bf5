import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { type ElectronApplication, _electron as electron } from 'playwright';
import { askedAgain } from '../e2e/asked-again';
import { launchSettings } from '../e2e/launch-settings';
import type { Suspension } from './delivery-check';

/** Used bytes of the heaps, after a collection. */
export interface Heaps {
  readonly main: number;
  readonly page: number;
}

/** The longest that the page is given for one thing, in milliseconds. */
const PAGE_MS = 3_000;
const HEAPS_MS = 10_000;

/** In seconds: the longest stall and the longest suspension together are far below it. */
const SILENCE_S = '15';

/** The real app, and what can be done to it from outside. Its page is reached through main: the automation lets go of one that has crashed. */
export class ShakenApp {
  readonly suspensions: Suspension[] = [];
  readonly #app: ElectronApplication;

  /** The automation forgets it once it has ended. */
  readonly #process: ChildProcess;

  private constructor(app: ElectronApplication) {
    this.#app = app;
    this.#process = app.process();
  }

  /** Starts it on an empty data folder and connects it. */
  static async start(folder: string, baseUrl: string): Promise<ShakenApp> {
    const { shaken, page } = await ShakenApp.#launch(folder);
    await page.getByRole('textbox', { name: 'Base URL' }).fill(baseUrl);
    await page.getByRole('textbox', { name: 'API key' }).fill('sk-soak');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Save and continue' }).click();
    await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await page.getByRole('button', { name: /^Advanced/ }).click();
    await page.getByRole('textbox', { name: 'Silence within' }).fill(SILENCE_S);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).waitFor({ state: 'detached' });
    return shaken;
  }

  /** Starts it on the data folder of one that was killed, and waits until it has recovered. */
  static async startAgain(folder: string): Promise<ShakenApp> {
    const { shaken, page } = await ShakenApp.#launch(folder);
    await page.getByRole('list', { name: 'Conversations' }).getByRole('link').first().waitFor();
    return shaken;
  }

  static async #launch(folder: string) {
    const app = await electron.launch(launchSettings(folder, {}));
    app.evaluate = askedAgain(app.evaluate);
    const page = await app.firstWindow();
    await app.evaluate(watchThreads);
    await app.evaluate(replaceClock);
    return { shaken: new ShakenApp(app), page };
  }

  /** Asks a question in the page, as far as there is one. */
  async ask(question: string, where: 'new' | 'here'): Promise<'asked' | 'no page' | 'given up'> {
    const done = await this.#inPage(`(async () => {
      const button = (name) => [...document.querySelectorAll('button')]
        .find((one) => (one.getAttribute('aria-label') ?? one.innerText.trim()) === name);
      // Main may be asked the same again (asked-again.ts).
      if (window.soakAsked === ${JSON.stringify(question)}) return 'asked';
      const again = button('Open again');
      if (again) {
        again.click();
        return 'given up';
      }
      if (${where === 'new'} || !button('Send')) {
        button('New conversation')?.click();
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      const box = document.querySelector('textarea[aria-label="Message"]');
      if (!box) return 'no page';
      window.soakAsked = ${JSON.stringify(question)};
      box.focus();
      box.select();
      document.execCommand('insertText', false, ${JSON.stringify(question)});
      box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      return 'asked';
    })()`);
    return done === 'asked' || done === 'given up' ? done : 'no page';
  }

  /** What the page shows. */
  async text(): Promise<string> {
    return String((await this.#inPage('document.body.innerText')) ?? '');
  }

  async reload(): Promise<void> {
    await this.#app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.reload(),
    );
  }

  async crashPage(): Promise<void> {
    await this.#app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    );
  }

  /** Ends a thread of the store in the middle of whatever it does. */
  async endThread(role: 'writer' | 'reader'): Promise<void> {
    await this.#app.evaluate((_, which) => {
      const threads: unknown = Reflect.get(globalThis, 'soakThreads');
      if (!(threads instanceof Map)) throw new Error('nobody watched the threads');
      void threads.get(which)?.terminate();
    }, role);
  }

  /** Moves main's clock by so many milliseconds from the true time; its threads and the page keep theirs. */
  async moveClock(ms: number): Promise<void> {
    await this.#app.evaluate((_, by) => void Reflect.set(globalThis, 'soakClockMs', by), ms);
  }

  /** Stops main for so many milliseconds, as a computer that sleeps does. */
  async suspend(ms: number): Promise<void> {
    const child = this.#process;
    const from = Date.now();
    child.kill('SIGSTOP');
    await wait(ms);
    child.kill('SIGCONT');
    this.suspensions.push({ from, until: Date.now() });
  }

  /** Null when the page does not answer. */
  async heaps(): Promise<Heaps | null> {
    return this.#app.evaluate(async ({ BrowserWindow }, longest) => {
      process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
      const collect: unknown = process.getBuiltinModule('node:vm').runInNewContext('gc');
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      if (typeof collect !== 'function' || !contents) return null;
      const debug = contents.debugger;
      if (!debug.isAttached()) debug.attach();
      const asking = (async () => {
        await debug.sendCommand('HeapProfiler.collectGarbage');
        const usage: unknown = await debug.sendCommand('Runtime.getHeapUsage');
        return Number(Reflect.get(Object(usage), 'usedSize'));
      })();
      const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), longest));
      const answer = Promise.race([asking, late]);
      // The inspector may lose a promise that nobody holds.
      Reflect.set(globalThis, 'soakHeld', answer);
      const page = await answer;
      debug.detach();
      collect();
      return page === null ? null : { main: process.memoryUsage().heapUsed, page };
    }, HEAPS_MS);
  }

  /** Ends it as its user would; false when that did not come to an end by itself. */
  async quit(): Promise<boolean> {
    const child = this.#process;
    const gone = once(child, 'exit').then(() => true);
    void this.#app.evaluate(({ app }) => app.quit()).catch(() => undefined);
    const timer = new AbortController();
    const late = wait(20_000, false, { signal: timer.signal }).catch(() => false);
    const ended = await Promise.race([gone, late]);
    timer.abort();
    if (!ended) await this.kill();
    return ended;
  }

  async kill(): Promise<void> {
    const child = this.#process;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** What a program in the page gives; null when there is no page, or it does not answer. */
  #inPage(program: string): Promise<unknown> {
    return this.#app.evaluate(
      async ({ BrowserWindow }, { source, longest }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        if (!contents || contents.isCrashed() || contents.isLoading()) return null;
        const answer = Promise.race([
          contents.executeJavaScript(source).catch(() => null),
          new Promise((resolve) => setTimeout(() => resolve(null), longest)),
        ]);
        // The inspector may lose a promise that nobody holds.
        Reflect.set(globalThis, 'soakHeld', answer);
        return answer;
      },
      { source: program, longest: PAGE_MS },
    );
  }
}

/** Runs in main: remembers which threads the store uses, by what they are asked. */
function watchThreads(): void {
  if (Reflect.has(globalThis, 'soakThreads')) return;
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  const threads = new Map<string, InstanceType<typeof Worker>>();
  Reflect.set(globalThis, 'soakThreads', threads);
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message: unknown, ...more) {
    const kind: unknown = message instanceof Object ? Reflect.get(message, 'kind') : null;
    if (kind === 'write') threads.set('writer', this);
    if (kind === 'read') threads.set('reader', this);
    post.call(this, message, ...more);
  };
}

/** Runs in main: the time is off by `soakClockMs` from now on. */
function replaceClock(): void {
  if (Reflect.has(globalThis, 'soakClockMs')) return;
  Reflect.set(globalThis, 'soakClockMs', 0);
  const by = () => Number(Reflect.get(globalThis, 'soakClockMs'));
  globalThis.Date = new Proxy(Date, {
    construct: (real, args, as) =>
      Reflect.construct(real, args.length === 0 ? [real.now() + by()] : args, as),
    get: (real, name) => (name === 'now' ? () => real.now() + by() : Reflect.get(real, name)),
  });
}
