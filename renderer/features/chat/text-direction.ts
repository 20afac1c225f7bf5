/**
 * The browser finds the direction of each paragraph anew with every key, which takes a third of a second
 * where one paragraph has 200,000 characters.
 */
const LONGEST_AUTO = 5_000;

/** Where the first letter of a long text is looked for. */
const SAMPLE = 1_000;

const LETTER = /\p{L}/u;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** Which way a text runs; a long one as a whole, by its first letter. */
export function directionOf(text: string): 'auto' | 'ltr' | 'rtl' {
  if (text.length <= LONGEST_AUTO) return 'auto';
  const letter = LETTER.exec(text.slice(0, SAMPLE))?.[0];
  return letter !== undefined && RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'ltr';
}
