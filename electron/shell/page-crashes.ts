import type { MessageId } from '../../shared/ids';

/** Crashes further apart than this have nothing to do with each other, in milliseconds. */
const RELATED_MS = 60_000;

/** Beyond this many in that time the page is not tried again by itself. */
const MAX_RELATED = 2;

/** What to show after a crash: the page once more, words that ask, or nothing when those crash too. */
export type AfterCrash = 'page' | 'words' | 'nothing';

/** Remembers the page's crashes: which answers to be careful with, and when to stop trying. */
export class PageCrashes {
  #recent: { readonly at: number; readonly open: readonly MessageId[] }[] = [];
  readonly #plain = new Set<MessageId>();

  /** Answers that were open at two crashes in a row: they are shown as plain text. */
  get plainAnswers(): readonly MessageId[] {
    return [...this.#plain];
  }

  /** Takes in a crash, with the answers that were open. */
  add(open: readonly MessageId[]): AfterCrash {
    // The time of day can be set back, and all crashes would be recent then.
    const at = performance.now();
    this.#recent = this.#recent.filter((crash) => at - crash.at <= RELATED_MS);
    for (const id of open) {
      if (this.#recent.some((crash) => crash.open.includes(id))) this.#plain.add(id);
    }
    const earlier = this.#recent.length;
    this.#recent.push({ at, open });
    if (earlier < MAX_RELATED) return 'page';
    return earlier === MAX_RELATED ? 'words' : 'nothing';
  }

  /** The user asked for the page again: what crashes now is counted anew. */
  tryAgain(): void {
    this.#recent = [];
  }
}
