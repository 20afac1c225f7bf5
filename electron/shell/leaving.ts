import { app } from 'electron';
import { linkOfPlace } from '../../shared/deep-link';
import { ownAppImage, startAtEnd } from './app-image';
import { argumentsFor } from './safe-mode';

/** How the app is started anew. */
interface Anew {
  readonly safeMode: boolean;
  /** Where the page is to begin. */
  readonly place?: string | null;
}

/**
 * The end of the app, and the new start that follows it if somebody asked for one. Where answers arrive the
 * user may refuse the end: then nothing of it is left over for the next one, which is meant for good.
 */
export class Leaving {
  readonly #argv: readonly string[];
  readonly #unopened: () => readonly string[];
  #anew: Anew | null = null;
  #asked = false;
  #certain = false;

  /**
   * `argv` is what the app was started with, the program first; `unopened` names the files that it was given and
   * did not come to.
   */
  constructor(argv: readonly string[], unopened: () => readonly string[]) {
    this.#argv = argv;
    this.#unopened = unopened;
    app.on('before-quit', () => {
      this.#asked = true;
    });
    app.once('will-quit', () => {
      this.#certain = true;
    });
    // Electron waits for the end in a process of its own and cannot be told otherwise, so it hears of it last.
    app.once('quit', () => this.#follow());
  }

  /** Whether the app ends when its window closes. On a Mac it goes on without one unless it is to end. */
  get endsWithWindow(): boolean {
    return process.platform !== 'darwin' || this.#asked;
  }

  /** All windows are closed, and what is behind them is being let go of. */
  get isCertain(): boolean {
    return this.#certain;
  }

  /** Ends the app in order and starts it anew, once: at its end already in the mode that was asked for first. */
  startAnew(wanted: Anew): void {
    const { safeMode } = (this.#certain && this.#anew) || wanted;
    this.#anew = { safeMode, place: wanted.place ?? this.#anew?.place ?? null };
    if (!this.#certain) app.quit();
  }

  #follow(): void {
    if (!this.#anew) return;
    const { safeMode, place } = this.#anew;
    const link = place ? [linkOfPlace(place)] : [];
    const args = [...argumentsFor(safeMode, this.#argv), ...link, ...this.#unopened()];
    // What runs of an AppImage lies in a folder that is gone when it has ended.
    if (process.platform !== 'linux' || !app.isPackaged) app.relaunch({ args });
    else startAtEnd(ownAppImage() ?? process.execPath, args);
  }

  /** The user would not have it end. */
  refuse(): void {
    this.#anew = null;
    this.#asked = false;
  }
}
