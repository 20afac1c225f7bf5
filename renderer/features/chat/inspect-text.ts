import { wholeEnd } from './segments';

/** A line longer than this is drawn in pieces, so that one of megabytes does not stop the page. */
const LONGEST_ROW = 4000;

/** Strings longer than this that hold a file are folded in the readable form. */
const LONGEST_DATA = 120;

/** How much of a folded file is still shown: its type and its first bytes. */
const DATA_SHOWN = 48;

/** A text in rows that are each quick to draw: its lines, the very long ones in pieces. */
export function textRows(text: string): readonly string[] {
  const rows: string[] = [];
  for (const line of text.split('\n')) {
    if (line.length <= LONGEST_ROW) rows.push(line);
    else pushPieces(rows, line);
  }
  return rows;
}

function pushPieces(rows: string[], line: string): void {
  for (let start = 0; start < line.length; ) {
    const end = wholeEnd(line, Math.min(start + LONGEST_ROW, line.length));
    rows.push(line.slice(start, end));
    start = end;
  }
}

/**
 * A JSON body over several lines, with the bytes of files folded to what `fold` says of their length
 * in characters; the same text when it is not JSON.
 */
export function readableBody(body: string, fold: (characters: number) => string): string {
  try {
    return JSON.stringify(
      JSON.parse(body),
      (_, value: unknown) => {
        if (typeof value !== 'string') return value;
        if (value.length <= LONGEST_DATA || !value.startsWith('data:')) return value;
        return `${value.slice(0, DATA_SHOWN)}… ${fold(value.length)}`;
      },
      2,
    );
  } catch {
    return body;
  }
}
