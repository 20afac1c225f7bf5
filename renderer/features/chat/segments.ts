/** From this length on a line is read in pieces, so that one without an end still settles. */
export const LONGEST_LINE = 2000;

/**
 * Where the piece that begins at `start` ends: behind its line break, or, in a line of more than
 * `LONGEST_LINE` characters, behind a space in the second half of that length. Null while that much
 * has not arrived yet, so that the pieces do not depend on how the text was delivered.
 */
export function segmentEnd(text: string, start: number): number | null {
  // With one more than is needed, for what `wholeEnd` has to see. Nothing is looked for in the whole text:
  // each piece of a line without an end would have all of it read again.
  const piece = text.slice(start, start + LONGEST_LINE + 1);
  const newline = piece.indexOf('\n');
  if (newline !== -1 && newline < LONGEST_LINE) return start + newline + 1;
  if (piece.length <= LONGEST_LINE) return null;
  const space = piece.lastIndexOf(' ', LONGEST_LINE - 1);
  if (space >= LONGEST_LINE / 2) return start + space + 1;
  return start + wholeEnd(piece, LONGEST_LINE);
}

/** Where to cut a text so that no character is parted: there, or behind the second half of a surrogate pair. */
export function wholeEnd(text: string, end: number): number {
  const before = text.charCodeAt(end - 1);
  return end < text.length && before >= 0xd800 && before <= 0xdbff ? end + 1 : end;
}

/**
 * The same text as a string of its own. A slice keeps the whole string alive that it was cut from, and
 * an answer that grows is another string with each frame.
 */
export function detached(slice: string): string {
  return ` ${slice}`.slice(1);
}
