import { app } from 'electron';
import { LINK_SCHEME, placeInWords, placeOfLink } from '../../shared/deep-link';
import { fileInWords, isOurs } from './opened-file';

interface Followers {
  /** Shows the app, at a place of the page when one is asked for. */
  readonly show: (place: string | null) => void;
  /** There is a file to be taken. */
  readonly handed: () => void;
}

/**
 * What the system has the app open, places and files, on the ways on which it says so: the words of the start,
 * those of a second start, and macOS's own events, which may come before the window.
 */
export class Links {
  #first: string | null;
  #file: string | null;
  #followers: Followers | null = null;

  /** `folder` is the one that the app was started from. */
  constructor(argv: readonly string[], folder: string) {
    this.#first = placeInWords(argv);
    this.#file = fileInWords(argv, folder);
    app.on('second-instance', (_event, words, other) => {
      this.#open(placeInWords(words), fileInWords(words, other));
    });
    app.on('open-url', (event, link) => {
      event.preventDefault();
      this.#open(placeOfLink(link), null);
    });
    app.on('open-file', (event, path) => {
      event.preventDefault();
      this.#open(null, isOurs(path) ? path : null);
    });
  }

  /** The place for the first window, once; what comes later goes to the followers. */
  first(followers: Followers): string | null {
    const place = this.#first;
    this.#first = null;
    this.#followers = followers;
    return place;
  }

  /** A file that was dropped on the window. */
  drop(path: string): void {
    this.#open(null, path);
  }

  peek(): string | null {
    return this.#file;
  }

  take(): string | null {
    const file = this.#file;
    this.#file = null;
    return file;
  }

  /** The words by which a new start is given the file that was not taken. */
  unopened(): readonly string[] {
    return this.#file !== null && isOurs(this.#file) ? [this.#file] : [];
  }

  #open(place: string | null, file: string | null): void {
    this.#file = file ?? this.#file;
    if (!this.#followers) this.#first = place ?? this.#first;
    this.#followers?.show(place);
    if (file !== null) this.#followers?.handed();
  }
}

/** Has the system hand links to this app. Only the packed one: another would be gone with its folder. */
export function claimLinks(): void {
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
}
