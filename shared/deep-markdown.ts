/** Quotations and items within one another, and inline marks of one kind, beyond any text that is meant so. */
const NESTED = /^(?:[ \t]*(?:>|(?:[-*+]|\d+[.)])[ \t])){40}/mu;
const CROWDED = /(?:[[*_~`!<(][^\s[*_~`!<(]{0,3} ?){300}/u;

/** Whether a text has so much within one another that a parser of Markdown would not come to an end. */
export function isTooDeep(text: string): boolean {
  return NESTED.test(text) || CROWDED.test(text);
}
