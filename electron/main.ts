import { app, type BrowserWindow, nativeTheme, session } from 'electron';
import { makeDispatcher } from './provider/http';
import { readSettings } from './rpc/app';
import type { RpcParts } from './rpc/parts';
import { Endpoints } from './runs/endpoints';
import { Feed } from './runs/feed';
import { KeySeal } from './runs/key-seal';
import { SYSTEM_CLOCK } from './runs/live-run';
import { recoverRuns } from './runs/recovery';
import { Runs } from './runs/runs';
import { registerAppScheme, serveApp } from './shell/app-protocol';
import { Log } from './shell/log';
import { addContextMenu, setMenu, showPlace } from './shell/menu';
import { confine, openExternal } from './shell/navigation';
import { builtFile, makePaths, type Paths } from './shell/paths';
import { serveRpc } from './shell/rpc-port';
import { Secrets } from './shell/secrets';
import { reportStartFailure } from './shell/start-failure';
import { openWindow } from './shell/window';
import { openStore, type Store } from './store/client';
import { spawnStoreThread } from './store/spawn';

/** Set by `npm run dev` only. */
const DEV_SERVER = app.isPackaged ? undefined : process.env.SLICE_DEV_SERVER_URL;

const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

registerAppScheme();
const paths = makePaths();
if (app.requestSingleInstanceLock()) void start(paths);
else app.quit();

/** Builds the parts, hands them to each other, starts them; they end in reverse. */
async function start(paths: Paths): Promise<void> {
  const log = new Log(paths.logs);
  const opening = openStore((role) =>
    spawnStoreThread(builtFile('main', 'store-worker.js'), { role, path: paths.store }),
  );
  opening.catch(() => undefined);
  await app.whenReady();
  let store: Store;
  try {
    store = await opening;
  } catch (error) {
    log.write('the store could not be opened', error);
    await reportStartFailure(error, paths.data);
    app.exit(1);
    return;
  }
  await recoverRuns(store, Date.now());

  const feed = new Feed();
  const dispatcher = makeDispatcher();
  let stopDemo: () => Promise<void> = async () => undefined;
  const endpoints = new Endpoints({
    store,
    feed,
    dispatcher,
    vault: new Secrets(paths.keys),
    startDemo: async () => {
      const { startSimulator } = await import('./simulator/simulator');
      const simulator = await startSimulator({ pace: 'natural' });
      stopDemo = () => simulator.close();
      return simulator;
    },
  });
  const runs = new Runs({
    store,
    feed,
    endpoints,
    clock: SYSTEM_CLOCK,
    timeZone,
    log: (event, error) => void log.write(event, error),
  });
  const parts: RpcParts = {
    store,
    runs,
    endpoints,
    feed,
    keySeal: new KeySeal(),
    timeZone,
    openExternal,
    info: () => ({
      version: app.getVersion(),
      platform: platform(),
      electron: process.versions.electron,
      dataFolder: paths.data,
      startInDemo: process.argv.includes('--demo'),
    }),
    themeChanged: (theme) => {
      nativeTheme.themeSource = theme;
    },
    log: (event, error) => log.write(event, error),
  };

  let window: BrowserWindow | null = null;
  const showWindow = async () => {
    const { theme } = await readSettings(store);
    window = openWindow({ statePath: paths.window, theme, runningAnswers: () => runs.live.length });
    addContextMenu(window);
    window.on('closed', () => {
      window = null;
    });
  };
  confine(session.defaultSession);
  serveApp(builtFile('renderer'), DEV_SERVER);
  serveRpc(() => window, parts);
  setMenu((command) => {
    if (window) showPlace(window, command);
  });
  app.on('second-instance', () => {
    if (!window) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('activate', () => {
    if (!window) void showWindow();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });

  let ended = false;
  app.on('will-quit', (event) => {
    if (ended) return;
    event.preventDefault();
    ended = true;
    void (async () => {
      endpoints.close();
      await runs.stopAll();
      feed.close();
      await stopDemo();
      await dispatcher.destroy();
      await store.close();
    })()
      .catch((error: unknown) => log.write('the app did not end cleanly', error))
      .finally(() => app.quit());
  });
  await showWindow();
  const { lastConnectionId } = await readSettings(store);
  await endpoints
    .checkInUse(lastConnectionId)
    .catch((error: unknown) => log.write('the first check of the server', error));
}

function platform(): 'darwin' | 'win32' | 'linux' {
  const { platform: name } = process;
  return name === 'darwin' || name === 'win32' ? name : 'linux';
}
