/** How a fence of backticks or tildes was opened. */
export interface Fence {
  readonly mark: string;
  readonly length: number;
  readonly language: string;
}

export interface ListMarker {
  /** Items of one list share it: the bullet's character, or what follows the number. */
  readonly type: string;
  /** The column at which the item's text begins. */
  readonly content: number;
  readonly start: number | null;
  readonly empty: boolean;
}

const CODE_FENCE = /^ {0,3}(`{3,}|~{3,})/;
const FENCE = /^ {0,3}(`{3,}|~{3,})[ \t]*([^\n]*)$/;
const LIST = /^( {0,3})([-+*]|(\d{1,9})([.)]))([ \t]+|(?=\n|$))/;
const HEADING = /^ {0,3}#{1,6}([ \t\n]|$)/;
const BREAK = /^ {0,3}([-_*])[ \t]*(?:\1[ \t]*){2,}$/;
const DELIMITER_ROW = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** A line that defines what `[label]` links to. Notes (`[^1]`) are text to us. */
export const DEFINITION = /^\s{0,3}\[([^\]^][^\]\n]{0,199})\]:[ \t]*\S/m;

/** A formula that stands on lines of its own. */
export const MATH_START = /^ {0,3}(\$\$|\\\[)/;
export const MATH_END = { dollars: /\$\$[ \t]*$/m, bracket: /\\\][ \t]*$/m };

/** HTML that may contain blank lines, with what ends it. It is shown as text but stays together. */
const LONG_HTML: readonly (readonly [RegExp, RegExp])[] = [
  [/^ {0,3}<(script|pre|style|textarea)[\s>]/i, /<\/(script|pre|style|textarea)>/i],
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<\?/, /\?>/],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/],
];

export function isBlank(line: string): boolean {
  return line.trim() === '';
}

/** Columns of white space before the text; a tab goes to the next multiple of four. */
export function indentOf(line: string): number {
  let columns = 0;
  for (const character of line) {
    if (character === ' ') columns += 1;
    else if (character === '\t') columns += 4 - (columns % 4);
    else break;
  }
  return columns;
}

function withoutBreak(line: string): string {
  return line.replace(/\r?\n$/, '');
}

export function fenceAt(line: string): Fence | null {
  const match = FENCE.exec(withoutBreak(line));
  if (!match) return null;
  const [, marks = '', info = ''] = match;
  const mark = marks.charAt(0);
  if (mark === '`' && info.includes('`')) return null;
  return { mark, length: marks.length, language: info.trim().split(/\s/)[0] ?? '' };
}

export function isFenceEnd(line: string, fence: Fence): boolean {
  const text = withoutBreak(line).trim();
  if (text.length < fence.length || indentOf(line) >= 4) return false;
  return text === fence.mark.repeat(text.length);
}

export function isHeading(line: string): boolean {
  return HEADING.test(line);
}

export function isThematicBreak(line: string): boolean {
  return BREAK.test(withoutBreak(line));
}

export function isDelimiterRow(line: string): boolean {
  return line.includes('-') && DELIMITER_ROW.test(withoutBreak(line));
}

export function listMarkerAt(line: string): ListMarker | null {
  const match = LIST.exec(line);
  if (!match) return null;
  const [whole, indent = '', marker = '', number, delimiter, space = ''] = match;
  const rest = line.slice(whole.length);
  const empty = isBlank(rest);
  const padding = empty || space.length > 4 ? 1 : space.length;
  return {
    type: delimiter ?? marker,
    content: indent.length + marker.length + padding,
    start: number === undefined ? null : Number(number),
    empty,
  };
}

/** What ends the HTML that begins here; null when it ends at a blank line like any paragraph. */
export function longHtmlEnd(line: string): RegExp | null {
  return LONG_HTML.find(([start]) => start.test(line))?.[1] ?? null;
}

/** The last line, as far as it has arrived, is or becomes the end of the code. */
export function endsSoon(rest: string, fence: Fence): boolean {
  const marks = rest.trim();
  return marks !== '' && marks === fence.mark.repeat(marks.length);
}

/** Whether a line ends the paragraph before it, without a blank line between them. */
export function interruptsParagraph(line: string): boolean {
  if (indentOf(line) >= 4) return false;
  if (CODE_FENCE.test(line) || isHeading(line)) return true;
  // A line of dashes under a paragraph makes it a heading instead.
  if (isThematicBreak(line)) return !/^ {0,3}-+\s*$/.test(line);
  const marker = listMarkerAt(line);
  return marker !== null && !marker.empty && (marker.start === null || marker.start === 1);
}
