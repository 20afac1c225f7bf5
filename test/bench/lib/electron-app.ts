import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { Devtools, firstPage } from './devtools';

const asRoot = process.platform === 'linux' && process.getuid?.() === 0;

/** An Electron app that runs, and its page. */
export interface RunningApp {
  readonly page: Devtools;
  readonly pid: number;
  /** When its process was started, in ms since 1970. */
  readonly startedAt: number;
  close(): Promise<void>;
}

export interface LaunchOptions {
  readonly args?: readonly string[];
  /** How long it is left alone before anyone looks at its page, in milliseconds. */
  readonly aloneMs?: number;
}

/** Starts Electron on an app, with nothing attached to its main process. */
export async function launch(
  app: string,
  dataFolder: string,
  { args = [], aloneMs = 0 }: LaunchOptions = {},
): Promise<RunningApp> {
  const executable = process.env.SLICE_ELECTRON_EXECUTABLE;
  if (!executable) throw new Error('run this with: npm run bench');
  const startedAt = Date.now();
  const child = spawn(
    executable,
    [...(asRoot ? ['--no-sandbox'] : []), '--remote-debugging-port=0', app, ...args],
    { env: { ...process.env, SLICE_DATA_DIR: dataFolder }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = once(child, 'exit');
  // A bench that fails leaves nothing behind.
  const kill = () => child.kill();
  process.once('exit', kill);
  const address = await devtoolsAddress(child);
  await new Promise((resolve) => setTimeout(resolve, startedAt + aloneMs - Date.now()));
  const page = await firstPage(Number(address.port));
  return {
    page,
    pid: child.pid ?? 0,
    startedAt,
    close: async () => {
      const browser = await Devtools.connect(address.href);
      await browser.send('Browser.close').catch(() => undefined);
      await ended;
      process.off('exit', kill);
      browser.close();
      page.close();
    },
  };
}

/** When the page could first be written in, in milliseconds since the process was started. */
export async function usableAfter({ page, startedAt }: RunningApp): Promise<number> {
  const at = await page.evaluate(
    z.number(),
    `new Promise((resolve, reject) => {
      const look = () => {
        const [mark] = performance.getEntriesByName('slice:usable');
        if (mark) resolve(performance.timeOrigin + mark.startTime);
        else if (performance.now() > 60000) reject(new Error('the page was never usable'));
        else setTimeout(look, 25);
      };
      look();
    })`,
  );
  return at - startedAt;
}

/** The app says where it can be reached, on stderr, as soon as it can. */
function devtoolsAddress(child: ChildProcess): Promise<URL> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-10_000);
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (address) resolve(new URL(address));
    });
    child.once('exit', () => reject(new Error(`the app ended at once: ${said}`)));
  });
}
