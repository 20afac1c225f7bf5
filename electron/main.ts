import { existsSync } from 'node:fs';
import { homedir, release, type as systemName, userInfo } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { app, type BrowserWindow, session } from 'electron';
import type { Settings } from '../shared/contract/app';
import type { StartInDemo } from '../shared/start-in-demo';
import { runBackupThread } from './backups/backup-thread';
import { refuseEmptied } from './backups/emptied';
import { restoreIfWished, withdrawRestore } from './backups/pending-restore';
import { commandWords } from './command/command-words';
import { endEach } from './end-each';
import type { Engine, EngineSurroundings } from './engine';
import { startFileThread } from './files/file-thread';
import { runHealthThread } from './health/health-thread';
import { noticeOfAnswers } from './shell/answer-notice';
import { registerAppScheme, serveApp } from './shell/app-protocol';
import { addContextMenu } from './shell/context-menu';
import {
  chooseCaFile,
  chooseConversations,
  choosePlace,
  openFile,
  saveFile,
  showFile,
  showFolder,
} from './shell/dialogs';
import { Leaving } from './shell/leaving';
import { claimLinks, Links } from './shell/links';
import { Log } from './shell/log';
import { applyTheme, computerLanguages, languageOf, lookQuery, moneyText } from './shell/look';
import { goTo, sendCommand, setMenu } from './shell/menu';
import { confine, openExternal } from './shell/navigation';
import { PageCrashes } from './shell/page-crashes';
import { watchPage } from './shell/page-watch';
import { builtFile, makePaths, type Paths, startFolder, storeFile } from './shell/paths';
import { takeDroppedFiles, takePorts } from './shell/rpc-port';
import { isSafeMode } from './shell/safe-mode';
import { Secrets } from './shell/secrets';
import { checkSpelling } from './shell/spelling';
import { speak } from './shell/text';
import { logUncaught } from './shell/uncaught';
import { updateSource } from './shell/update-source';
import { openWindow, pageAtRest } from './shell/window';
import { restoredState } from './shell/window-state';
import { openStore } from './store/client';
import { spawnStoreThread } from './store/spawn';

/** The longest that the page's first question is waited for, in milliseconds. */
const LONGEST_QUIET_MS = 1500;

/** Set by `npm run dev` only. */
const DEV_SERVER = app.isPackaged ? undefined : process.env.SLICE_DEV_SERVER_URL;

const command = commandWords(process.argv, app.isPackaged);
if (command) {
  const { runCommand } = await import('./command/run-command');
  process.exit(runCommand(command, storeFile()));
}

/** Begins nothing that nobody asked for, and draws without the graphics processor. */
const safeMode = isSafeMode(process.argv);
if (safeMode) app.disableHardwareAcceleration();

registerAppScheme();
const paths = makePaths();
const links = new Links(process.argv, startFolder());
const leaving = new Leaving(process.argv, () => links.unopened());
if (app.requestSingleInstanceLock()) void start(paths);
else app.quit();

/**
 * Opens the window at once and starts what is behind it meanwhile; the page's first questions wait in
 * its port. Everything ends in reverse.
 */
async function start(paths: Paths): Promise<void> {
  const log = new Log(paths.logs);
  logUncaught(process, log, (error) => {
    if (!app.isPackaged) process.emitWarning(error instanceof Error ? error : String(error));
  });
  let engine: Engine | null = null;
  let window: BrowserWindow | null = null;
  await app.whenReady();

  let { look } = restoredState(paths.window);
  let notifies = false;
  const places = { store: paths.store, backups: paths.backups };
  const crashes = new PageCrashes();
  applyTheme(look);
  checkSpelling(session.defaultSession, false);
  const showWindow = (place: string | null = null) => {
    window = openWindow({
      statePath: paths.window,
      look: () => look,
      place,
      demo: startInDemo(process.argv),
      safeMode,
      runningAnswers: () => (leaving.endsWithWindow ? (engine?.runningAnswers() ?? 0) : 0),
      hasUnsaved: () => engine?.hasUnsaved() ?? false,
      stays: () => {
        leaving.refuse();
        withdrawRestore(places);
      },
    });
    addContextMenu(window);
    watchPage(window, {
      crashes,
      openAnswers: async (id) => engine?.openAnswers(id) ?? [],
      lookQuery: () => lookQuery(look),
      log: (event, error) => log.write(event, error),
    });
    window.on('closed', () => {
      window = null;
    });
    return window;
  };
  confine(session.defaultSession);
  const pageHasScripts = serveApp(builtFile('renderer'), paths.attachments, DEV_SERVER);
  const show = (place: string | null) => {
    // Somebody started the app while it ends: a window would be gone with it.
    if (leaving.isCertain) startAnew({ safeMode, place });
    else if (!window) showWindow(place);
    else {
      bringForward(window);
      if (place) goTo(window, place);
    }
  };
  const first = links.first({
    show,
    handed: () => engine?.fileHanded(),
  });
  // Whatever the first page does not need would take the processor from it.
  const quiet = pageAtRest(showWindow(first));
  void quiet.then(claimLinks);
  let pageAsks: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    pageAsks = resolve;
  });
  // A page that knows nothing from before draws nothing until it is told (decision 0019).
  const wanted = existsSync(paths.store)
    ? Promise.race([asked, delay(LONGEST_QUIET_MS)])
    : Promise.resolve();
  const opening = wanted.then(() => {
    if (paths.problem) throw paths.problem;
    restoreIfWished(places);
    refuseEmptied(places);
    return openStore(
      (role) => spawnStoreThread(builtFile('main', 'store-worker.js'), { role, path: paths.store }),
      quiet,
      (error) => log.write('a thread of the store ended or could not start', error),
    );
  });
  // Whoever awaits it below is told; until then a failure must not count as unhandled.
  opening.catch(() => undefined);
  const starting = startBehind(paths, log, opening, Promise.all([pageHasScripts, wanted]), {
    quiet,
    plainAnswers: () => crashes.plainAnswers,
    settingsChanged: (settings) => void follow(settings),
    wantsNews: () => notifies && !window?.isFocused(),
    answersEnded: (conversation, ended) =>
      noticeOfAnswers(ended, moneyText(look), () => show(`#/chat/${conversation}`)),
  });
  const serving = starting.then(
    ({ serve }) => serve,
    (error: unknown) => serveWaysOn(error, paths, log, opening),
  );
  takeDroppedFiles(
    () => window,
    (path) => links.drop(path),
  );
  takePorts(
    () => window,
    (port) => {
      pageAsks();
      serving.then(
        (serve) => {
          serve(port);
          port.start();
        },
        () => port.close(),
      );
    },
    () => log.write('a port from a foreign frame was refused'),
  );
  let shortcuts: Settings['shortcuts'] = {};
  const showMenu = () =>
    setMenu(shortcuts, {
      send: (command) => {
        if (window) sendCommand(window, command);
      },
      safeMode,
      startAnew,
    });
  /** Another language takes its words from a file of its own. */
  const follow = async (settings: Settings) => {
    const spoken = languageOf(look);
    const sameKeys = isDeepStrictEqual(settings.shortcuts, shortcuts);
    shortcuts = settings.shortcuts;
    look = settings;
    notifies = settings.notifications;
    applyTheme(look);
    checkSpelling(session.defaultSession, settings.spellCheck && !safeMode);
    if (languageOf(look) === spoken) {
      if (!sameKeys) showMenu();
      return;
    }
    await speak(languageOf(look)).catch((error: unknown) => {
      log.write('the texts of the language are missing', error);
    });
    showMenu();
  };
  speak(languageOf(look)).then(showMenu, (error: unknown) => {
    log.write('the texts of the language are missing', error);
    showMenu();
  });
  app.on('activate', () => {
    if (!window) show(null);
  });
  app.on('window-all-closed', () => {
    if (leaving.endsWithWindow) app.quit();
  });

  try {
    engine = await starting;
  } catch (error) {
    log.write('what is behind the window could not start', error);
    return;
  }
  void follow(engine.settings);
  let update: ReturnType<Engine['updateAtEnd']> = null;
  endInOrder(log, [
    () => {
      update = engine?.updateAtEnd() ?? null;
    },
    () => engine?.close(),
    async () => (await opening).close(),
    () => update?.(),
  ]);
}

/** What the engine asks of the window and tells it. */
type ShellParts = Pick<
  EngineSurroundings,
  'quiet' | 'plainAnswers' | 'settingsChanged' | 'wantsNews' | 'answersEnded'
>;

/** Everything that is not a window, loaded and started while the window opens. */
async function startBehind(
  paths: Paths,
  log: Log,
  opening: ReturnType<typeof openStore>,
  wanted: Promise<unknown>,
  shell: ShellParts,
): Promise<Engine> {
  // Loading the module keeps this thread from giving the page its files, and the page takes just as
  // long to run them; so the page goes first.
  await wanted;
  // The module is loaded whether or not the store opens; both take their time.
  const [{ startEngine }, store] = await Promise.all([import('./engine'), opening]);
  return startEngine({
    store,
    vault: new Secrets(paths.keys),
    attachments: paths.attachments,
    systemProxy: (url) => session.defaultSession.resolveProxy(url),
    openExternal,
    chooseCaFile,
    saveFile,
    openFile,
    choosePlace,
    chooseConversations,
    handedFile: links,
    importFolder: paths.imports,
    showFile,
    places: { store: paths.store, backups: paths.backups },
    runBackupThread: inBackupThread,
    runHealthThread: (job) => runHealthThread(builtFile('main', 'health-worker.js'), job),
    startAnew,
    updateSource: updateSource(),
    quit: () => app.quit(),
    startUsageThread: (job) =>
      startFileThread(builtFile('main', 'usage-worker.js'), paths.store, job),
    startTranscriptThread: (job) =>
      startFileThread(builtFile('main', 'transcript-worker.js'), paths.store, {
        ...job,
        attachments: paths.attachments,
      }),
    startImportThread: (job) =>
      startFileThread(builtFile('main', 'import-worker.js'), paths.store, {
        ...job,
        attachments: paths.attachments,
      }),
    info: () => ({
      version: app.getVersion(),
      platform: platform(),
      electron: process.versions.electron,
      dataFolder: paths.data,
      safeMode,
      languages: computerLanguages(),
    }),
    runtime: () => ({
      runtime: {
        chromium: process.versions.chrome,
        node: process.versions.node,
        system: `${systemName()} ${release()} ${process.arch}`,
      },
      home: homedir(),
      user: accountName(),
    }),
    lastFaults: (count) => log.last(count),
    safeMode,
    ...shell,
    log: (event, error) => log.write(event, error),
  });
}

/** What the page gets when the store cannot be opened: the ways on from there. */
async function serveWaysOn(
  error: unknown,
  paths: Paths,
  log: Log,
  opening: ReturnType<typeof openStore>,
) {
  const { serveBrokenStart } = await import('./serve-broken-start');
  // It may have been opened and be broken further in.
  await opening.then(
    (store) => store.close(),
    () => undefined,
  );
  return serveBrokenStart({
    error,
    folder: paths.data,
    places: { store: paths.store, backups: paths.backups },
    runThread: inBackupThread,
    startAnew: () => startAnew(),
    showFolder: () => showFolder(paths.data),
    quit: () => app.quit(),
    log: (event, cause) => log.write(event, cause),
  });
}

const inBackupThread: EngineSurroundings['runBackupThread'] = (job) =>
  runBackupThread(builtFile('main', 'backup-worker.js'), job);

/** In the same mode unless another is named. */
function startAnew(wanted: Parameters<Leaving['startAnew']>[0] = { safeMode }): void {
  leaving.startAnew(wanted);
}

/** `--demo` opens the demo, `--demo=empty` without its sample conversations. */
function startInDemo(argv: readonly string[]): StartInDemo | null {
  if (argv.includes('--demo=empty')) return 'empty';
  return argv.includes('--demo') ? 'samples' : null;
}

/** Empty where the system does not know it. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}

function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** Lets the app quit only after `ends`, once. */
function endInOrder(log: Log, ends: readonly (() => unknown)[]): void {
  let ended = false;
  app.on('will-quit', (event) => {
    if (ended) return;
    event.preventDefault();
    ended = true;
    void endEach(ends, (error) => log.write('the app did not end cleanly', error)).finally(() =>
      app.quit(),
    );
  });
}

function platform(): 'darwin' | 'win32' | 'linux' {
  const { platform: name } = process;
  return name === 'darwin' || name === 'win32' ? name : 'linux';
}
