/**
 * One subject the simulator can speak about. An answer is an opening, the core and, for the more
 * talkative models, some more and a closing; so two models asked the same differ the way real ones
 * do, and asking again gives another wording.
 */
export interface Topic {
  readonly name: string;
  /** Beginnings of words (or of several words) in a question that point here; lower case. */
  readonly keywords: readonly string[];
  /** At least three, so that regenerating an answer shows a difference. */
  readonly openings: readonly [string, string, string];
  /** Complete on its own: a terse model says nothing else. Markdown. */
  readonly core: string;
  readonly more: string;
  readonly closings: readonly [string, string];
}

/** A Markdown code fence; spelled as a constant because the texts are template strings. */
export const FENCE = '```';
