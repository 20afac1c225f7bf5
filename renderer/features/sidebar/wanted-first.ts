/** Whether what was looked for was found by now; `failed` when it could not be looked for. */
export type SearchState = 'looking' | 'found' | 'failed';

/** The first that is found, asked for while the list may still show what was found for fewer letters. */
export class WantedFirst {
  #query: string | null = null;

  /** It is to be opened as soon as this is found. */
  want(query: string): void {
    this.#query = query;
  }

  /**
   * Whether it is to be opened now; to be asked whenever the query or what is known of it changes. Another
   * query or a failure ends the wish, so that nothing opens by itself when the same is looked for later.
   */
  isDue(query: string, state: SearchState): boolean {
    const wanted = this.#query === query;
    if (!wanted || state !== 'looking') this.#query = null;
    return wanted && state === 'found';
  }
}
