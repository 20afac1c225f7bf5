/** From this length on a line is read in pieces, so that one without an end still settles. */
export const LONGEST_LINE = 2000;

/**
 * Where the piece that begins at `start` ends: behind its line break, or, in a line of more than
 * `LONGEST_LINE` characters, behind a space in the second half of that length. Null while that much
 * has not arrived yet, so that the pieces do not depend on how the text was delivered.
 */
export function segmentEnd(text: string, start: number): number | null {
  const newline = text.indexOf('\n', start);
  if (newline !== -1 && newline - start < LONGEST_LINE) return newline + 1;
  // One more than is needed, to see whether the last character is half of a pair.
  if (text.length - start <= LONGEST_LINE) return null;
  const space = text.lastIndexOf(' ', start + LONGEST_LINE - 1);
  if (space >= start + LONGEST_LINE / 2) return space + 1;
  const end = start + LONGEST_LINE;
  const before = text.charCodeAt(end - 1);
  return before >= 0xd800 && before <= 0xdbff ? end + 1 : end;
}

/**
 * The same text as a string of its own. A slice keeps the whole string alive that it was cut from, and
 * an answer that grows is another string with each frame.
 */
export function detached(slice: string): string {
  return ` ${slice}`.slice(1);
}
