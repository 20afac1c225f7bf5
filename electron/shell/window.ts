import { app, BrowserWindow, dialog, nativeTheme } from 'electron';
import type { Look } from '../../shared/contract/look';
import type { StartInDemo } from '../../shared/start-in-demo';
import { pageAddress } from './look';
import { builtFile } from './paths';
import { mainText } from './text';
import { rememberState, restoredState } from './window-state';

/** The page's surface in both themes (tokens.css), shown until its first paint. */
const SURFACE = { light: '#ffffff', dark: '#151a17' };

const MIN_SIZE = { minWidth: 720, minHeight: 480 };

export interface WindowParts {
  /** The file that keeps where the window was. */
  readonly statePath: string;
  /** How the page is to look now. */
  readonly look: () => Look;
  /** The hash of the place it opens at; null for where one begins. */
  readonly place: string | null;
  /** What of the demo the page opens; null for nothing of it. */
  readonly demo: StartInDemo | null;
  /** The page opens on how things are, not on a conversation. */
  readonly safeMode: boolean;
  /** How many answers would be cut off by closing now. */
  readonly runningAnswers: () => number;
  /** What of them has arrived cannot be saved now. */
  readonly hasUnsaved: () => boolean;
  /** The user was asked and would not have it close. */
  readonly stays: () => void;
}

/** Opens the window on the page, at the place it had last. */
export function openWindow({
  statePath,
  look,
  place,
  demo,
  safeMode,
  ...answers
}: WindowParts): BrowserWindow {
  const { bounds, maximized } = restoredState(statePath);
  const window = new BrowserWindow({
    ...bounds,
    ...MIN_SIZE,
    title: 'Slice',
    // Alt shows it; the mocks' frame has no room for a bar that is always there.
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? SURFACE.dark : SURFACE.light,
    ...frame(),
    webPreferences: {
      preload: builtFile('preload', 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: !app.isPackaged,
      spellcheck: true,
      // The app's own scripts are the same until it is updated.
      v8CacheOptions: 'bypassHeatCheck',
    },
  });
  if (maximized) window.maximize();
  rememberState(window, statePath, look);
  askBeforeClosing(window, answers);
  void window.loadURL(pageAddress(look(), { demo, place, safeMode }));
  return window;
}

/** How long the page has the processor to itself after its first paint, in milliseconds. */
const REST_MS = 250;
/** A page that draws nothing is not waited for any longer, in milliseconds. */
const LONGEST_REST_MS = 3_000;

/** Resolves when the page has been drawn and has had a moment for itself. */
export function pageAtRest(window: BrowserWindow): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, LONGEST_REST_MS);
    window.once('ready-to-show', () => setTimeout(resolve, REST_MS));
  });
}

/** Each system's own frame (mocks, "Frame and grid"). */
function frame(): Electron.BrowserWindowConstructorOptions {
  if (process.platform === 'darwin') return { titleBarStyle: 'hiddenInset' };
  if (process.platform === 'win32') {
    return { titleBarStyle: 'hidden', titleBarOverlay: { height: 48 } };
  }
  return {};
}

/**
 * While an answer arrives, closing the window asks; what has arrived is kept either way, unless it cannot
 * be saved.
 */
function askBeforeClosing(
  window: BrowserWindow,
  {
    runningAnswers,
    hasUnsaved,
    stays,
  }: Pick<WindowParts, 'runningAnswers' | 'hasUnsaved' | 'stays'>,
): void {
  let agreed = false;
  window.on('close', (event) => {
    const running = runningAnswers();
    if (agreed || running === 0) return;
    event.preventDefault();
    void dialog
      .showMessageBox(window, {
        type: 'question',
        ...(hasUnsaved() ? unsavedWords(running) : runningWords(running)),
        defaultId: 0,
        cancelId: 0,
      })
      .then(({ response }) => {
        if (response !== 1) return stays();
        agreed = true;
        window.close();
      });
  });
}

type CloseWords = Pick<Electron.MessageBoxOptions, 'message' | 'detail'> & { buttons: string[] };

function runningWords(running: number): CloseWords {
  return {
    message:
      running === 1
        ? mainText('close.title')
        : mainText('close.titleMany', { count: String(running) }),
    detail: mainText('close.detail'),
    buttons: [mainText('close.keep'), mainText('close.stop')],
  };
}

function unsavedWords(running: number): CloseWords {
  return {
    message:
      running === 1
        ? mainText('close.unsaved')
        : mainText('close.unsavedMany', { count: String(running) }),
    detail: mainText('close.unsavedDetail'),
    buttons: [mainText('close.keep'), mainText('close.lose')],
  };
}
