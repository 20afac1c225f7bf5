/** A sign of a script whose single signs are words, as in Chinese. */
const WORD_IN_A_SIGN = /\p{Lo}/u;

/** Whether a query says enough to be looked for: a single letter fits nearly everything. */
export function isWorthSearching(query: string): boolean {
  const text = query.trim();
  return text.length > 1 || WORD_IN_A_SIGN.test(text);
}
