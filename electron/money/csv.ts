import type { Separator } from '../../shared/contract/usage-file';

/** What stands between the cells of a line. */
export const SEPARATORS: Readonly<Record<Separator, string>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
};

/** Says to Excel that a file is UTF-8; without it Excel takes the computer's old code page. */
export const BYTE_ORDER_MARK = '\uFEFF';

export const LINE_END = '\r\n';

/** A spreadsheet takes a cell that begins like this for a formula, and runs it. */
const FORMULA = /^[=+\-@\t\r\n]/;

/**
 * What a cell must be quoted for (RFC 4180). All separators count whichever is chosen: a program that
 * guesses another one must not find cells inside of a cell.
 */
const SPECIAL = /[",;\t\r\n]/;

/** Most cells are plain, and one look shows it. */
const NOTABLE = /^[=+\-@]|[",;\t\r\n]/;

/** A text as a cell: quoted where it must be, and an apostrophe before what would be a formula. */
export function textCell(text: string): string {
  if (!NOTABLE.test(text)) return text;
  const guarded = FORMULA.test(text) ? `'${text}` : text;
  return SPECIAL.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
