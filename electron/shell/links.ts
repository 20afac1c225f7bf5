import { app } from 'electron';
import { LINK_SCHEME, placeInWords, placeOfLink } from '../../shared/deep-link';

/** Shows the app, at a place of the page when one is asked for. */
type Follow = (place: string | null) => void;

/**
 * What the system has the app open, on the three ways on which it says so: the words of the start, those of
 * a second start, and macOS's own event, which may come before the window.
 */
export class Links {
  #first: string | null;
  #follow: Follow | null = null;

  constructor(argv: readonly string[]) {
    this.#first = placeInWords(argv);
    app.on('second-instance', (_event, words) => this.#follow?.(placeInWords(words)));
    app.on('open-url', (event, link) => {
      event.preventDefault();
      const place = placeOfLink(link);
      if (this.#follow) this.#follow(place);
      else this.#first = place ?? this.#first;
    });
  }

  /** The place for the first window, once; what comes later goes to `follow`. */
  first(follow: Follow): string | null {
    const place = this.#first;
    this.#first = null;
    this.#follow = follow;
    return place;
  }
}

/** Has the system hand links to this app. Only the packed one: another would be gone with its folder. */
export function claimLinks(): void {
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
}
