import { app } from 'electron';
import { ownAppImage } from './app-image';
import { argumentsFor } from './safe-mode';

/** How the app is started anew. */
interface Anew {
  readonly safeMode: boolean;
}

/**
 * The end of the app, and the new start that follows it if somebody asked for one. Where answers arrive the
 * user may refuse the end: then nothing of it is left over for the next one, which is meant for good.
 */
export class Leaving {
  readonly #argv: readonly string[];
  #anew: Anew | null = null;
  #asked = false;
  #certain = false;

  /** `argv` is what the app was started with, the program first. */
  constructor(argv: readonly string[]) {
    this.#argv = argv;
    app.on('before-quit', () => {
      this.#asked = true;
    });
    // Electron waits for the end in a process of its own and cannot be told otherwise, so it hears of it last.
    app.once('will-quit', () => {
      this.#certain = true;
      this.#follow();
    });
  }

  /** Whether the app ends when its window closes. On a Mac it goes on without one unless it is to end. */
  get endsWithWindow(): boolean {
    return process.platform !== 'darwin' || this.#asked;
  }

  /** All windows are closed, and what is behind them is being let go of. */
  get isCertain(): boolean {
    return this.#certain;
  }

  /** Ends the app in order and starts it anew. At its end already, that is once. */
  startAnew(wanted: Anew): void {
    const isNew = this.#anew === null;
    this.#anew = wanted;
    if (!this.#certain) app.quit();
    else if (isNew) this.#follow();
  }

  #follow(): void {
    if (!this.#anew) return;
    const args = argumentsFor(this.#anew.safeMode, this.#argv);
    // What runs of an AppImage lies in a folder that is gone when it has ended.
    const file = app.isPackaged ? ownAppImage() : null;
    app.relaunch(file === null ? { args } : { args, execPath: file });
  }

  /** The user would not have it end. */
  refuse(): void {
    this.#anew = null;
    this.#asked = false;
  }
}
