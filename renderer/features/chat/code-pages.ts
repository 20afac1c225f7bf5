import { detached, wholeEnd } from './segments';

/** A growing code in pieces, each with the line break it ends with: only the last one, `rest`, changes. */
export interface CodePages {
  readonly code: string;
  readonly full: readonly string[];
  readonly rest: string;
}

const PAGE_CHARACTERS = 3000;
const PAGE_LINES = 60;
/** A page is this long at most; a longer line is folded, because one without an end would take seconds. */
export const LONGEST_PAGE = 10_000;

export const CODE_START: CodePages = { code: '', full: [], rest: '' };

/** The pages of a code, given those of a beginning of it. Their breaks are where a block ends. */
export function codePages(previous: CodePages, code: string): CodePages {
  if (code === previous.code) return previous;
  const from = previous.code.length - previous.rest.length;
  const grown = code.startsWith(previous.rest, from) && code.length >= previous.code.length;
  const full = grown ? previous.full.slice() : [];
  let start = grown ? from : 0;
  for (;;) {
    const end = pageEnd(code, start);
    if (end === null) break;
    full.push(detached(code.slice(start, end)));
    start = end;
  }
  return { code, full, rest: code.slice(start) };
}

/** Null while more may belong to the page. */
function pageEnd(code: string, start: number): number | null {
  const piece = code.slice(start, start + LONGEST_PAGE + 2);
  const newline = piece.indexOf('\n', PAGE_CHARACTERS);
  if (newline !== -1) {
    // The last line break may yet turn out to be the end of the code.
    return start + newline === code.length - 1 ? null : start + newline + 1;
  }
  if (piece.length <= LONGEST_PAGE + 1) return null;
  return start + wholeEnd(piece, LONGEST_PAGE);
}

/** Lines in pieces of a fixed number. */
export function pagesOf<Line>(lines: readonly Line[]): readonly (readonly Line[])[] {
  const pages: (readonly Line[])[] = [];
  for (let start = 0; start < lines.length; start += PAGE_LINES) {
    pages.push(lines.slice(start, start + PAGE_LINES));
  }
  return pages;
}
