import { detached } from './segments';

/** A growing code in pieces that end with a line: only the last one, `rest`, changes. */
export interface CodePages {
  readonly code: string;
  readonly full: readonly string[];
  readonly rest: string;
}

const PAGE_CHARACTERS = 3000;
const PAGE_LINES = 60;

export const CODE_START: CodePages = { code: '', full: [], rest: '' };

/** The pages of a code, given those of a beginning of it. Their breaks are where a block ends. */
export function codePages(previous: CodePages, code: string): CodePages {
  if (code === previous.code) return previous;
  const from = previous.code.length - previous.rest.length;
  const grown = code.startsWith(previous.rest, from) && code.length >= previous.code.length;
  const full = grown ? previous.full.slice() : [];
  let start = grown ? from : 0;
  for (;;) {
    const end = code.indexOf('\n', start + PAGE_CHARACTERS);
    // The last line break may yet turn out to be the end of the code.
    if (end === -1 || end === code.length - 1) break;
    full.push(detached(code.slice(start, end)));
    start = end + 1;
  }
  return { code, full, rest: code.slice(start) };
}

/** Lines in pieces of a fixed number. */
export function pagesOf<Line>(lines: readonly Line[]): readonly (readonly Line[])[] {
  const pages: (readonly Line[])[] = [];
  for (let start = 0; start < lines.length; start += PAGE_LINES) {
    pages.push(lines.slice(start, start + PAGE_LINES));
  }
  return pages;
}
