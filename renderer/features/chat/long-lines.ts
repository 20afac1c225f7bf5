/**
 * The browser takes a time that grows with the square of a line to wrap it in a box, and does so with every
 * key: 0.1 s for 200,000 characters, 8 s for two million. A longer line is not wrapped there.
 */
export const LONGEST_WRAPPED = 50_000;

/** Whether a line of a text has more than so many characters. */
export function hasLineOver(text: string, longest: number): boolean {
  for (let start = 0; text.length - start > longest; ) {
    const newline = text.slice(start, start + longest + 1).lastIndexOf('\n');
    if (newline === -1) return true;
    start += newline + 1;
  }
  return false;
}
